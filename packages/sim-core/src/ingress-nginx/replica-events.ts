import type { ConfigMap } from '../api/core-v1/config-map.ts';
import type { Ingress } from '../api/networking-v1/ingress.ts';
import { type KubeObject, objectKey } from '../apimachinery/object-meta.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { extractionFailure } from './admission/extraction.ts';
import type { ControllerLog } from './controller-log.ts';
import type { Flags } from './flags.ts';
import { classError, className } from './ingress-class.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** What a replica tells of itself and of the Ingresses that it sees, in the controller's own words. */
export interface ReplicaEvents {
  /** An Ingress came or changed. */
  seen(ingress: Ingress, builder: ModelBuilder): void;
  /** An Ingress went. */
  gone(key: string): void;
  /** The ConfigMap of the controller came or changed. */
  configured(configMap: ConfigMap): void;
  reloaded(): void;
  reloadFailed(reason: string): void;
}

/** What was told of an Ingress. */
interface Told {
  readonly ingress: Ingress;
  /** A new status is a new version, too: the real controller tells of it as of any other update. */
  readonly version: string;
  readonly isOurs: boolean;
}

/** Records events as `nginx-ingress-controller`, and logs them (internal/ingress/controller/store/store.go, nginx.go). */
export function createReplicaEvents(parts: ReplicaParts, flags: Flags, log: ControllerLog): ReplicaEvents {
  const { client, clock, context } = parts;
  const recorder = new EventRecorder(client, clock, 'nginx-ingress-controller');
  const configMaps = new Map<string, { uid: string; resourceVersion: string }>();
  const told = new Map<string, Told>();
  const record = (object: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string) => {
    log.event(object, type, reason, message);
    recorder.event(object, type, reason, message);
  };
  const sync = (ingress: Ingress) =>
    flags.disableSyncEvents
      ? log.event(ingress, 'Normal', 'Sync', 'Scheduled for sync')
      : record(ingress, 'Normal', 'Sync', 'Scheduled for sync');
  return {
    seen(ingress, builder) {
      const earlier = told.get(objectKey(ingress));
      const isOurs = builder.notOurs(ingress) === undefined;
      const { resourceVersion: version = '' } = ingress.metadata;
      if (earlier?.version === version && earlier.isOurs === isOurs) return;
      told.set(objectKey(ingress), { ingress, version, isOurs });
      tellOfClass(ingress, earlier?.isOurs);
      if (!isOurs) return;
      sync(ingress);
      const problems = builder.problemsOf(ingress);
      const failure = extractionFailure(problems);
      log.badAnnotations(ingress, failure, problems);
      // Of an Ingress that is taken in, the first reason for which its locations are denied; a default that stays is none.
      const reason = failure ?? problems.find(({ effect }) => effect === 'deny')?.reason;
      if (reason === undefined) return;
      record(ingress, 'Warning', 'AnnotationParsingFailed', `Error parsing annotations: ${reason}`);
    },
    gone(key) {
      const { ingress, isOurs } = told.get(key) ?? {};
      const error = ingress === undefined || isOurs ? undefined : classError(ingress, client, flags);
      if (ingress !== undefined && error !== undefined) log.ignored(ingress, error, true);
      told.delete(key);
    },
    configured(configMap) {
      const key = objectKey(configMap);
      const { uid = '', resourceVersion = '' } = configMap.metadata;
      const earlier = configMaps.get(key);
      configMaps.set(key, { uid, resourceVersion });
      if (earlier?.uid === uid && earlier.resourceVersion === resourceVersion) return;
      record(configMap, 'Normal', earlier?.uid === uid ? 'UPDATE' : 'CREATE', `ConfigMap ${key}`);
    },
    reloaded() {
      record(context.pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
    },
    reloadFailed(reason) {
      record(context.pod, 'Warning', 'RELOAD', `Error reloading NGINX: ${reason}`);
    },
  };

  /** @param wasOurs undefined for an Ingress that is new */
  function tellOfClass(ingress: Ingress, wasOurs: boolean | undefined): void {
    const error = classError(ingress, client, flags);
    const name = error === undefined ? className(ingress, flags) : undefined;
    if (wasOurs === undefined) {
      if (error !== undefined) log.ignored(ingress, error);
      else log.foundClass(ingress, className(ingress, flags));
    } else if (wasOurs !== (error === undefined)) log.classChanged(ingress, name);
  }
}

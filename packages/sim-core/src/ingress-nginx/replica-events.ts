import type { ConfigMap } from '../api/core-v1/config-map.ts';
import type { Ingress } from '../api/networking-v1/ingress.ts';
import { objectKey } from '../apimachinery/object-meta.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { extractionFailure } from './admission/extraction.ts';
import type { Flags } from './flags.ts';
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

/** Records events as `nginx-ingress-controller` (internal/ingress/controller/store/store.go, nginx.go). */
export function createReplicaEvents({ client, clock, context }: ReplicaParts, flags: Flags): ReplicaEvents {
  const recorder = new EventRecorder(client, clock, 'nginx-ingress-controller');
  const configMaps = new Map<string, { uid: string; resourceVersion: string }>();
  /** What was told of, by key: uid, generation and annotations. */
  const told = new Map<string, string>();
  return {
    seen(ingress, builder) {
      const { uid, generation, annotations = {} } = ingress.metadata;
      if (builder.notOurs(ingress) !== undefined) return;
      const version = `${uid} ${generation} ${JSON.stringify(annotations)}`;
      if (told.get(objectKey(ingress)) === version) return;
      told.set(objectKey(ingress), version);
      if (!flags.disableSyncEvents) recorder.event(ingress, 'Normal', 'Sync', 'Scheduled for sync');
      // One that only denies its locations, or leaves a default, is no failure: the Ingress is taken in.
      const failure = extractionFailure(builder.problemsOf(ingress));
      if (failure === undefined) return;
      recorder.event(ingress, 'Warning', 'AnnotationParsingFailed', `Error parsing annotations: ${failure}`);
    },
    gone(key) {
      told.delete(key);
    },
    configured(configMap) {
      const key = objectKey(configMap);
      const { uid = '', resourceVersion = '' } = configMap.metadata;
      const earlier = configMaps.get(key);
      configMaps.set(key, { uid, resourceVersion });
      if (earlier?.uid === uid && earlier.resourceVersion === resourceVersion) return;
      recorder.event(configMap, 'Normal', earlier?.uid === uid ? 'UPDATE' : 'CREATE', `ConfigMap ${key}`);
    },
    reloaded() {
      recorder.event(context.pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
    },
    reloadFailed(reason) {
      recorder.event(context.pod, 'Warning', 'RELOAD', `Error reloading NGINX: ${reason}`);
    },
  };
}

import type { Ingress } from '../api/networking-v1/ingress.ts';
import { objectKey } from '../apimachinery/object-meta.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** What a replica tells of itself and of the Ingresses that it sees, in the controller's own words. */
export interface ReplicaEvents {
  /** An Ingress came or changed. */
  seen(ingress: Ingress, builder: ModelBuilder): void;
  /** An Ingress went. */
  gone(key: string): void;
  reloaded(): void;
  reloadFailed(reason: string): void;
}

/** Records events as `nginx-ingress-controller` (internal/ingress/controller/store/store.go, nginx.go). */
export function createReplicaEvents({ client, clock, context }: ReplicaParts): ReplicaEvents {
  const recorder = new EventRecorder(client, clock, 'nginx-ingress-controller');
  /** What was told of, by key: uid, generation and annotations. */
  const told = new Map<string, string>();
  return {
    seen(ingress, builder) {
      const { uid, generation, annotations = {} } = ingress.metadata;
      if (builder.notOurs(ingress) !== undefined) return;
      const version = `${uid} ${generation} ${JSON.stringify(annotations)}`;
      if (told.get(objectKey(ingress)) === version) return;
      told.set(objectKey(ingress), version);
      recorder.event(ingress, 'Normal', 'Sync', 'Scheduled for sync');
      const serious = builder.problemsOf(ingress).filter(({ effect }) => effect !== 'default');
      for (const { annotation, reason } of serious) {
        recorder.event(
          ingress,
          'Warning',
          'AnnotationParsingFailed',
          `Error parsing annotations: annotation ${annotation}: ${reason}`,
        );
      }
    },
    gone(key) {
      told.delete(key);
    },
    reloaded() {
      recorder.event(context.pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
    },
    reloadFailed(reason) {
      recorder.event(context.pod, 'Warning', 'RELOAD', `Error reloading NGINX: ${reason}`);
    },
  };
}

import type { Ingress } from '../api/networking-v1/ingress.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** What a replica tells of itself and of the Ingresses that it sees, in the controller's own words. */
export interface ReplicaEvents {
  /** An Ingress came or changed, or (undefined) went. */
  seen(ingress: Ingress | undefined, builder: ModelBuilder): void;
  reloaded(): void;
  reloadFailed(reason: string): void;
}

/** Records events as `nginx-ingress-controller` (internal/ingress/controller/store/store.go, nginx.go). */
export function createReplicaEvents({ client, clock, context }: ReplicaParts): ReplicaEvents {
  const recorder = new EventRecorder(client, clock, 'nginx-ingress-controller');
  const told = new Map<string, string>();
  return {
    seen(ingress, builder) {
      if (ingress === undefined || builder.notOurs(ingress) !== undefined) return;
      const uid = ingress.metadata.uid ?? '';
      const version = `${ingress.metadata.generation} ${JSON.stringify(ingress.metadata.annotations ?? {})}`;
      if (told.get(uid) === version) return;
      told.set(uid, version);
      recorder.event(ingress, 'Normal', 'Sync', 'Scheduled for sync');
      const dropped = builder.problemsOf(ingress).filter(({ effect }) => effect === 'drop');
      for (const { annotation, reason } of dropped) {
        recorder.event(
          ingress,
          'Warning',
          'AnnotationParsingFailed',
          `Error parsing annotations: annotation ${annotation}: ${reason}`,
        );
      }
    },
    reloaded() {
      recorder.event(context.pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
    },
    reloadFailed(reason) {
      recorder.event(context.pod, 'Warning', 'RELOAD', `Error reloading NGINX: ${reason}`);
    },
  };
}

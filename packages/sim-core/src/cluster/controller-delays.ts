import { type Pod, pods } from '../api/core-v1/pod.ts';
import { isConditionTrue } from '../apimachinery/condition.ts';
import { keyOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Clock, parseTime } from '../sim/clock.ts';
import { isControllerImage } from './ingress-program.ts';

/** A running ingress controller that its readiness probe has not asked yet. */
export interface ControllerDelay {
  /** `namespace/name`. */
  readonly pod: string;
  /** Cluster time until the probe asks first. */
  readonly milliseconds: number;
  readonly initialDelaySeconds: number;
}

/** Ingress controllers that run and are not ready because their readiness probe waits. */
export function controllerDelays({ client, clock }: { client: Client; clock: Clock }): ControllerDelay[] {
  return client.list(pods).flatMap((pod) => delayOf(pod, clock.now()) ?? []);
}

function delayOf({ metadata, spec, status }: Pod, now: number): ControllerDelay | undefined {
  if (metadata.deletionTimestamp !== undefined || isConditionTrue(status?.conditions, 'Ready')) return undefined;
  const container = spec.containers.find(({ image }) => isControllerImage(image ?? ''));
  const initialDelaySeconds = container?.readinessProbe?.initialDelaySeconds ?? 0;
  const running = status?.containerStatuses?.find(({ name }) => name === container?.name)?.state?.running;
  if (running?.startedAt === undefined || initialDelaySeconds === 0) return undefined;
  const milliseconds = parseTime(running.startedAt) + initialDelaySeconds * 1000 - now;
  if (milliseconds <= 0) return undefined;
  return { pod: keyOf(metadata.namespace ?? '', metadata.name), milliseconds, initialDelaySeconds };
}

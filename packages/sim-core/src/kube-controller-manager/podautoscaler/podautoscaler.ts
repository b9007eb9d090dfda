import {
  type HorizontalPodAutoscaler,
  horizontalPodAutoscalers,
} from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import type { PodMetrics } from '../../api/metrics-v1beta1/pod-metrics.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { keyOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import type { Context, Controller, Result } from '../../controller-runtime/controller.ts';
import { reconcileAutoscaler } from './reconcile-autoscaler.ts';
import { ScalingHistory } from './scaling-history.ts';

/** Milliseconds between two looks at an autoscaler (--horizontal-pod-autoscaler-sync-period). */
const SYNC_PERIOD = 15_000;

/** What autoscalers need beside the API. */
export interface PodAutoscalerParts {
  /** Where their targets are found. */
  readonly kinds: readonly Kind[];
  /** What the pods of a namespace use: the resource metrics API. */
  podMetrics(namespace: string): readonly PodMetrics[];
}

/** What is remembered of one autoscaler, as long as it is the same object. */
interface Remembered {
  readonly uid: string;
  readonly history: ScalingHistory;
  /** Cluster time of its next look. */
  next: number;
}

/** Scales targets by what their pods use (pkg/controller/podautoscaler/horizontal.go): every 15 seconds, whatever happens between. */
export function podAutoscalerController(parts: PodAutoscalerParts): Controller {
  const remembered = new Map<string, Remembered>();
  const recall = (key: string, { metadata: { uid = '' } }: HorizontalPodAutoscaler, now: number): Remembered => {
    const known = remembered.get(key);
    if (known?.uid === uid) return known;
    const fresh = { uid, history: new ScalingHistory(), next: now + SYNC_PERIOD };
    remembered.set(key, fresh);
    return fresh;
  };
  return {
    name: 'horizontal-pod-autoscaler',
    component: 'horizontal-pod-autoscaler',
    for: horizontalPodAutoscalers,
    reconcile: ({ namespace, name }: NamespacedName, context: Context): Result | undefined => {
      const key = keyOf(namespace, name);
      const autoscaler = context.client.get(horizontalPodAutoscalers, namespace, name);
      if (autoscaler === undefined) {
        remembered.delete(key);
        return undefined;
      }
      const now = context.clock.now();
      const own = recall(key, autoscaler, now);
      if (now >= own.next) {
        own.next = now + SYNC_PERIOD;
        reconcileAutoscaler(autoscaler, own.history, context, parts);
      }
      return { requeueAfter: own.next - now };
    },
  };
}

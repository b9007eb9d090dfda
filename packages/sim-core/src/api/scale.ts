import type { ScaleAccess } from '../apimachinery/kind.ts';
import { formatLabelSelector, type LabelSelector } from '../apimachinery/label-selector.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** What most kinds that scale have in common. */
interface Scaled extends KubeObject {
  spec: { replicas?: number; selector?: LabelSelector };
  status?: { replicas?: number };
}

/** The scale subresource of a kind with spec.replicas, spec.selector and status.replicas (scaleFromDeployment and its like). */
export function replicasScale<T extends Scaled>(): ScaleAccess<T> {
  return Object.freeze({
    replicas: ({ spec }: T) => spec.replicas ?? 1,
    withReplicas: (object: T, replicas: number) => ({ ...object, spec: { ...object.spec, replicas } }),
    currentReplicas: ({ status }: T) => status?.replicas ?? 0,
    selector: ({ spec }: T) => (spec.selector === undefined ? '' : formatLabelSelector(spec.selector)),
  });
}

import { type Pod, pods, type Toleration } from '../../api/core-v1/pod.ts';
import { deepFreeze } from '../../apimachinery/deep.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts';

const TOLERATED: Toleration[] = deepFreeze(
  ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
);

/** Pods stay on a failed node for five minutes (plugin/pkg/admission/defaulttolerationseconds/admission.go). */
export const defaultTolerationSeconds: AdmissionPlugin = Object.freeze({
  name: 'DefaultTolerationSeconds',
  admit({ kind, object, operation }: AdmissionRequest): void {
    if (operation === 'DELETE' || kind !== pods) return;
    const { spec } = object as Pod;
    const own = spec.tolerations ?? [];
    const missing = TOLERATED.filter(({ key }) => !own.some((toleration) => tolerates(toleration, key)));
    if (own.length === 0) spec.tolerations = TOLERATED;
    else if (missing.length > 0) spec.tolerations = [...own, ...missing];
  },
});

function tolerates({ key, effect }: Toleration, taint: string | undefined): boolean {
  return (key === taint || !key) && (effect === 'NoExecute' || !effect);
}

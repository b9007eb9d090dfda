import type { Taint } from '../../api/core-v1/node.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { toleratesTaint } from '../../api/core-v1/toleration.ts';

/** Whether the pod tolerates the taint. */
export function isTolerated({ spec }: Pod, taint: Taint): boolean {
  return (spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, taint));
}

import type { FilterPlugin } from './filter.ts';
import { isTolerated } from './tolerated.ts';

const TAINT = Object.freeze({ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' });

/** A cordoned node takes nothing but what tolerates the taint of that (pkg/scheduler/framework/plugins/nodeunschedulable). */
export const nodeUnschedulable: FilterPlugin = Object.freeze({
  name: 'NodeUnschedulable',
  filter: ({ pod }, { node }) => {
    if (node.spec?.unschedulable !== true || isTolerated(pod, TAINT)) return undefined;
    return { reasons: ['node(s) were unschedulable'], unresolvable: true };
  },
} satisfies FilterPlugin);

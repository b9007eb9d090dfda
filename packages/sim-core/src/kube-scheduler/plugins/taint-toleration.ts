import type { FilterPlugin } from './filter.ts';
import { isTolerated } from './tolerated.ts';

/** Taints that keep pods away must be tolerated; the first that is not is told (plugins/tainttoleration). */
export const taintToleration: FilterPlugin = Object.freeze({
  name: 'TaintToleration',
  filter: ({ pod }, { node }) => {
    const taint = node.spec?.taints?.find(
      (each) => (each.effect === 'NoSchedule' || each.effect === 'NoExecute') && !isTolerated(pod, each),
    );
    if (taint === undefined) return undefined;
    return { reasons: [`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`], unresolvable: true };
  },
} satisfies FilterPlugin);

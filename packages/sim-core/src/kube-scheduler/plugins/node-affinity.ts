import { matchesNodeAffinity } from '../../api/core-v1/node-affinity.ts';
import type { FilterPlugin } from './filter.ts';

/** nodeSelector and required node affinity (plugins/nodeaffinity). */
export const nodeAffinity: FilterPlugin = Object.freeze({
  name: 'NodeAffinity',
  filter: ({ pod }, { node }) =>
    matchesNodeAffinity(pod.spec, node)
      ? undefined
      : { reasons: ["node(s) didn't match Pod's node affinity/selector"], unresolvable: true },
} satisfies FilterPlugin);

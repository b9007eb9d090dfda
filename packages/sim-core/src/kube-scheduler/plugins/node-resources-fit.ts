import type { FilterPlugin } from './filter.ts';

/** What the pod asks for must be left on the node; every shortage is told (plugins/noderesources/fit.go, fitsRequest). */
export const nodeResourcesFit: FilterPlugin = Object.freeze({
  name: 'NodeResourcesFit',
  filter: ({ requests }, { allocatable, requested, pods }) => {
    const reasons: string[] = [];
    if (pods + 1 > allocatable.pods) reasons.push('Too many pods');
    if (requests.milliCpu > 0 && requests.milliCpu > allocatable.milliCpu - requested.milliCpu)
      reasons.push('Insufficient cpu');
    if (requests.memory > 0 && requests.memory > allocatable.memory - requested.memory)
      reasons.push('Insufficient memory');
    const storage = requests.ephemeralStorage;
    if (storage > 0 && storage > allocatable.ephemeralStorage - requested.ephemeralStorage)
      reasons.push('Insufficient ephemeral-storage');
    return reasons.length === 0 ? undefined : { reasons, unresolvable: false };
  },
} satisfies FilterPlugin);

import type { WireDeviation } from '@k8s-ingress-sandbox/sim-core/wire';

/** Differences by what they belong to, both in the order of the alphabet. */
export function byArea(deviations: readonly WireDeviation[]): [area: string, deviations: WireDeviation[]][] {
  const areas = [...new Set(deviations.map(({ area }) => area))].sort();
  return areas.map((area) => [
    area,
    deviations.filter((each) => each.area === area).sort((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
}

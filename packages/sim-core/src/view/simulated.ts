import type { ViewedCluster } from './viewed-cluster.ts';

/** What everybody who watches has to know of a simulated cluster, a few words each; docs/deviations.md has the rest. */
export function simulatedFacts({ cloud: { delay } }: Pick<ViewedCluster['settings'], 'cloud'>): string[] {
  const ready = delay === 0 ? 'at once' : `in ${delay / 1000} s`;
  return ['images do not run', 'ingress-nginx v1.15.1 rules', `NLB ready ${ready} (on AWS: minutes)`];
}

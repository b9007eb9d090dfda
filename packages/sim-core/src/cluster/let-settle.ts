import type { Cluster } from '../cluster.ts';

/** Longest that a cluster in virtual time is given to settle, and how far time goes between two looks, milliseconds. */
const PATIENCE = 120_000;
const STEP = 500;

/** Lets virtual time pass until nothing is waited for, or patience ends; what is still postponed is refused then. */
export function letSettle(cluster: Cluster): void {
  for (let waited = 0; waited < PATIENCE && cluster.waitingFor().length > 0; waited += STEP) cluster.advance(STEP);
  cluster.manifests.giveUp();
}

import type { World } from '../doctor/world.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { type ApplyOutcome, type Cluster, type EdgeAddresses, worldOf as worldOfCluster } from '../index.ts';

export { PLAIN_EDGE } from '../index.ts';

/** What the doctor and `explain` look at. @param outcomes of the last apply */
export function worldOf(cluster: Cluster, outcomes: readonly ApplyOutcome[], edge: EdgeAddresses): World {
  return worldOfCluster(cluster, outcomes, edge, nodeCertificates);
}

import type { World } from '../doctor/world.ts';
import { nodeCertificates } from '../host/certificates.ts';
import type { ApplyOutcome, Cluster } from '../index.ts';
import { isControllerImage } from '../index.ts';

/** What the doctor and `explain` look at. */
export function worldOf(
  cluster: Cluster,
  outcomes: readonly ApplyOutcome[],
  edge: { http: string; https: string },
): World {
  return {
    client: cluster.client,
    cloud: cluster.cloud,
    replicas: cluster.ingress.replicas,
    network: cluster.network.network,
    sources: cluster.manifests,
    now: cluster.clock.now(),
    serviceCidr: cluster.settings.serviceCIDR,
    refused: outcomes.filter(({ action }) => action === undefined),
    certificates: nodeCertificates,
    ...edge,
    ingressLoadBalancer: () => cluster.edge.ingressLoadBalancer(),
    isControllerImage,
  };
}

import type { Cluster } from '../cluster.ts';
import type { World } from '../doctor/world.ts';
import type { Certificates } from '../ingress-nginx/certificates.ts';
import { isControllerImage } from './ingress-program.ts';
import type { ApplyOutcome } from './manifests.ts';

/** Where the edge of a cluster listens. */
export interface EdgeAddresses {
  readonly http: string;
  readonly https: string;
}

/** Where an edge would listen that does not exist: in virtual time nobody connects. */
export const PLAIN_EDGE: EdgeAddresses = Object.freeze({
  http: 'http://127.0.0.1:8080',
  https: 'https://127.0.0.1:8443',
});

/**
 * What the doctor and `explain` look at.
 * @param outcomes of the last apply
 * @param certificates without it nobody judges certificates
 */
export function worldOf(
  cluster: Cluster,
  outcomes: readonly ApplyOutcome[],
  { http, https }: EdgeAddresses,
  certificates?: Certificates,
): World {
  return {
    client: cluster.client,
    cloud: cluster.cloud,
    replicas: cluster.ingress.replicas,
    network: cluster.network.network,
    sources: cluster.manifests,
    now: cluster.clock.now(),
    serviceCidr: cluster.settings.serviceCIDR,
    refused: outcomes
      .filter(({ action }) => action === undefined)
      .map((each) => ({ ...each, manifest: cluster.manifests.refusedManifest(each) })),
    ...(certificates !== undefined && { certificates }),
    http,
    https,
    ingressLoadBalancer: () => cluster.edge.ingressLoadBalancer(),
    isControllerImage,
  };
}

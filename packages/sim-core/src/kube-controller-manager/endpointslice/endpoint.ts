import type { Node } from '../../api/core-v1/node.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { Endpoint } from '../../api/discovery-v1/endpoint-slice.ts';
import { isPodReady } from '../pod-util.ts';
import { hostnameIn, referenceTo } from '../service-endpoints.ts';

/** Label of a node that says in which zone it stands. */
const ZONE = 'topology.kubernetes.io/zone';

/** A pod as an endpoint of the Service (k8s.io/endpointslice/utils.go, podToEndpoint). */
export function podToEndpoint(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const { metadata, spec, status } = pod;
  const serving = isPodReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[ZONE];
  return {
    addresses: [status?.podIP ?? ''],
    conditions: { ready, serving, terminating },
    ...hostnameIn(pod, service),
    ...(spec.nodeName && { nodeName: spec.nodeName }),
    ...(zone && { zone }),
    targetRef: referenceTo(pod),
  };
}

/** What tells two endpoints apart; everything else of one may change in place (hashEndpoint). */
export function identityOf({ addresses, hostname = '', targetRef }: Endpoint): string {
  return `${addresses[0]} ${hostname} ${targetRef?.namespace}/${targetRef?.name}`;
}

import type { Node } from '../../api/core-v1/node.ts';
import type { Container, Pod } from '../../api/core-v1/pod.ts';
import type { Service, ServicePort } from '../../api/core-v1/service.ts';
import type { Endpoint, EndpointPort } from '../../api/discovery-v1/endpoint-slice.ts';
import { isPodReady } from '../pod-util.ts';

/** Label of a node that says in which zone it stands. */
const ZONE = 'topology.kubernetes.io/zone';

/** Whether the pod is an endpoint at all: it has an address and has not ended (ShouldPodBeInEndpoints). Terminating ones are. */
export function belongsToEndpoints({ status }: Pod): boolean {
  return Boolean(status?.podIP) && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** A pod as an endpoint of the Service (k8s.io/endpointslice/utils.go, podToEndpoint). */
export function podToEndpoint(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const { metadata, spec, status } = pod;
  const serving = isPodReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[ZONE];
  const hasHostname = spec.hostname && spec.subdomain === service.metadata.name;
  return {
    addresses: [status?.podIP ?? ''],
    conditions: { ready, serving, terminating },
    ...(hasHostname && { hostname: spec.hostname as string }),
    ...(spec.nodeName && { nodeName: spec.nodeName }),
    ...(zone && { zone }),
    targetRef: { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid ?? '' },
  };
}

/** What tells two endpoints apart; everything else of one may change in place (hashEndpoint). */
export function identityOf({ addresses, hostname = '', targetRef }: Endpoint): string {
  return `${addresses[0]} ${hostname} ${targetRef?.namespace}/${targetRef?.name}`;
}

/** The ports of the Service on this pod; a named port that the pod does not have is left out (getEndpointPorts). */
export function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((servicePort) => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    return [{ name, port, protocol, ...(appProtocol && { appProtocol }) }];
  });
}

/** The port on the pod that targetPort means: a number, or the name of a container port of the same protocol (FindPort). */
function findPort({ spec }: Pod, { targetPort, port, protocol = 'TCP' }: ServicePort): number | undefined {
  if (typeof targetPort !== 'string') return targetPort ?? port;
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const ports = [...spec.containers, ...sidecars].flatMap((container: Container) => container.ports ?? []);
  return ports.find((each) => each.name === targetPort && (each.protocol ?? 'TCP') === protocol)?.containerPort;
}

import type { ObjectReference } from '../api/core-v1/event.ts';
import type { Container, Pod } from '../api/core-v1/pod.ts';
import { type Service, type ServicePort, services } from '../api/core-v1/service.ts';
import type { EndpointPort } from '../api/discovery-v1/endpoint-slice.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Context } from '../controller-runtime/controller.ts';

/** Whether pods are looked up for the Service: without a selector it has its own, an ExternalName has none. */
export function selectsPods({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0;
}

/** The Services that select the pod. */
export function servicesOf({ metadata }: Pod, { client }: Context): NamespacedName[] {
  const { namespace = '', labels } = metadata;
  const selecting = client
    .list(services, namespace)
    .filter((service) => selectsPods(service) && matchesLabels(service.spec.selector ?? {}, labels));
  return selecting.map((service) => ({ namespace, name: service.metadata.name }));
}

/** Whether the pod is an endpoint at all: it has an address and has not ended (ShouldPodBeInEndpoints). Terminating ones are. */
export function belongsToEndpoints({ status }: Pod): boolean {
  return Boolean(status?.podIP) && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
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

/** The name under which the pod answers inside the Service: its hostname, where its subdomain is the Service (ShouldSetHostname). */
export function hostnameIn({ spec }: Pod, { metadata }: Service): { hostname?: string } {
  return spec.hostname && spec.subdomain === metadata.name ? { hostname: spec.hostname } : {};
}

/** How an endpoint refers to its pod. */
export function referenceTo({ metadata }: Pod): ObjectReference {
  return { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid ?? '' };
}

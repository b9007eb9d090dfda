import type { ObjectReference } from '../api/core-v1/event.ts';
import { type Container, type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, type ServicePort, services } from '../api/core-v1/service.ts';
import type { EndpointPort } from '../api/discovery-v1/endpoint-slice.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { Context } from '../controller-runtime/controller.ts';

/** Whether pods are looked up for the Service: without a selector it has its own, an ExternalName has none. */
export function selectsPods({ spec }: Service): boolean {
  if (spec.type === 'ExternalName') return false;
  for (const _key in spec.selector) return true;
  return false;
}

/** The Services that select the pod. */
export function servicesOf({ metadata }: Pod, { client }: Context): NamespacedName[] {
  const { namespace = '', labels } = metadata;
  const selecting: NamespacedName[] = [];
  for (const service of client.list(services, namespace)) {
    const { selector = {} } = service.spec;
    if (selectsPods(service) && matchesLabels(selector, labels))
      selecting.push({ namespace, name: service.metadata.name });
  }
  return selecting;
}

/** Pods on which the ports of a Service are the same. */
export interface PodGroup {
  readonly ports: EndpointPort[];
  readonly pods: Pod[];
}

/** The pods behind a Service, by what its ports are on them; a named target port may be another on each. */
export function podsByPorts(service: Service, client: Client): Map<string, PodGroup> {
  const selector = service.spec.selector ?? {};
  const resolve = portResolver(service);
  const groups = new Map<string, PodGroup>();
  for (const pod of client.list(pods, service.metadata.namespace ?? '')) {
    if (!matchesLabels(selector, pod.metadata.labels) || !isReachable(pod)) continue;
    const { ports, key } = resolve(pod);
    const group = groups.get(key) ?? { ports, pods: [] };
    groups.set(key, group);
    group.pods.push(pod);
  }
  return groups;
}

/** Two sets of ports are the same when their keys are. */
export function portsKey(ports: readonly EndpointPort[]): string {
  return ports
    .map(({ name = '', protocol = 'TCP', port, appProtocol = '' }) => `${name}/${protocol}/${port}/${appProtocol}`)
    .sort()
    .join(',');
}

/** The name under which the pod answers inside the Service: its hostname, where its subdomain is the Service (ShouldSetHostname). */
export function hostnameIn({ spec }: Pod, { metadata }: Service): { hostname?: string } {
  return spec.hostname && spec.subdomain === metadata.name ? { hostname: spec.hostname } : {};
}

/** How an endpoint refers to its pod. */
export function referenceTo({ metadata }: Pod): ObjectReference {
  return { kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid ?? '' };
}

/** Whether the pod has an address and has not ended; it may be terminating (ShouldPodBeInEndpoints). */
function isReachable({ status }: Pod): boolean {
  return Boolean(status?.podIP) && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** The ports on a pod; without a named target port they are the same on all, and worked out once. */
function portResolver(service: Service): (pod: Pod) => { ports: EndpointPort[]; key: string } {
  const resolve = (pod: Pod) => {
    const ports = endpointPorts(service, pod);
    return { ports, key: portsKey(ports) };
  };
  if ((service.spec.ports ?? []).some(({ targetPort }) => typeof targetPort === 'string')) return resolve;
  let same: ReturnType<typeof resolve> | undefined;
  return (pod) => {
    same ??= resolve(pod);
    return same;
  };
}

/** A named port that the pod does not have is left out (getEndpointPorts). */
function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
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

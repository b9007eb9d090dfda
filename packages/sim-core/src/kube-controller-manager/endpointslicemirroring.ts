import { type EndpointAddress, type EndpointSubset, type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { services } from '../api/core-v1/service.ts';
import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  endpointSlices,
  SERVICE_NAME_LABEL,
} from '../api/discovery-v1/endpoint-slice.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { ipFamilyOf } from '../apimachinery/ip.ts';
import { type NamespacedName, newControllerRef } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslicemirroring-controller.k8s.io';
/** Label on Endpoints that are somebody else's business, such as those of the endpoints controller. */
const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const NOT_MIRRORED: readonly string[] = Object.freeze([
  'control-plane.alpha.kubernetes.io/leader',
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
]);
/** Most addresses of a subset that are mirrored (--mirroring-max-endpoints-per-subset). */
const MOST_ADDRESSES = 1000;

/** A slice that should be there, without its name. */
type Wanted = Pick<EndpointSlice, 'addressType' | 'ports' | 'endpoints'>;

/**
 * Makes EndpointSlices of Endpoints that somebody wrote by hand for a Service without a selector, since proxies and
 * ingress controllers only read slices (pkg/controller/endpointslicemirroring).
 */
export function endpointSliceMirroringController(): Controller {
  return {
    name: 'endpointslicemirroring',
    component: 'endpoint-slice-mirroring-controller',
    for: endpoints,
    owns: [endpointSlices],
    watches: [watching(services, ({ metadata: { name, namespace = '' } }) => [{ namespace, name }])],
    reconcile,
  };
}

function reconcile({ namespace, name }: NamespacedName, { client }: Context): void {
  const source = client.get(endpoints, namespace, name);
  if (source === undefined) return;
  const service = client.get(services, namespace, name);
  const mirrored = isMirrored(source) && service !== undefined && service.spec.selector === undefined;
  const wanted = mirrored ? slicesOf(source) : [];
  const there = new Map(client.listControlledBy(endpointSlices, source).map((slice) => [keyOf(slice), slice]));
  for (const each of wanted) {
    const slice = there.get(keyOf(each));
    there.delete(keyOf(each));
    const next = sliceFor(source, each, slice);
    if (slice === undefined) client.create(endpointSlices, next);
    else if (!deepEqual(slice, next)) client.update(endpointSlices, next);
  }
  for (const slice of there.values()) client.delete(endpointSlices, namespace, slice.metadata.name);
}

/** Not what a controller keeps itself, nor what is a lock (EndpointsShouldBeMirrored). */
function isMirrored({ metadata }: Endpoints): boolean {
  if (metadata.labels?.[SKIP] === 'true' || metadata.labels?.['endpoints.kubernetes.io/managed-by'] !== undefined)
    return false;
  return metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] === undefined;
}

/** One slice for each set of ports and family of addresses. */
function slicesOf({ subsets = [] }: Endpoints): Wanted[] {
  const slices = new Map<string, Wanted>();
  for (const subset of subsets) {
    const ports = portsOf(subset);
    for (const endpoint of endpointsOf(subset)) {
      const addressType = ipFamilyOf(endpoint.addresses[0] ?? '') ?? 'IPv4';
      const key = keyOf({ addressType, ports });
      const slice = slices.get(key) ?? { addressType, ports, endpoints: [] };
      slices.set(key, slice);
      slice.endpoints.push(endpoint);
    }
  }
  return [...slices.values()];
}

function portsOf({ ports = [] }: EndpointSubset): EndpointPort[] {
  return ports.map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
    name,
    port,
    protocol,
    ...(appProtocol !== undefined && { appProtocol }),
  }));
}

function endpointsOf({ addresses = [], notReadyAddresses = [] }: EndpointSubset): Endpoint[] {
  const all = [
    ...addresses.map((address) => endpointOf(address, true)),
    ...notReadyAddresses.map((address) => endpointOf(address, false)),
  ];
  return all.slice(0, MOST_ADDRESSES);
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    ...(targetRef && { targetRef }),
  };
}

function keyOf({ addressType, ports }: Pick<EndpointSlice, 'addressType' | 'ports'>): string {
  const texts = (ports ?? []).map(
    ({ name, port, protocol, appProtocol }) => `${name}/${port}/${protocol}/${appProtocol ?? ''}`,
  );
  return `${addressType} ${texts.sort().join()}`;
}

function sliceFor(source: Endpoints, wanted: Wanted, old: EndpointSlice | undefined): EndpointSlice {
  const { name, namespace = '', labels, annotations } = source.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !NOT_MIRRORED.includes(key));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...(old?.metadata ?? { name: '', generateName: `${name}-`, namespace }),
      labels: { ...labels, [MANAGED_BY]: MANAGER, [SERVICE_NAME_LABEL]: name },
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
      ownerReferences: [newControllerRef(source)],
    },
    ...wanted,
  };
}

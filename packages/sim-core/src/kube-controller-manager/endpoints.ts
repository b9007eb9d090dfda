import { type EndpointAddress, type EndpointSubset, type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';
import { isPodReady } from './pod-util.ts';
import {
  belongsToEndpoints,
  endpointPorts,
  hostnameIn,
  referenceTo,
  selectsPods,
  servicesOf,
} from './service-endpoints.ts';

/** Most addresses of an Endpoints object; the rest is left out (maxCapacity). */
const CAPACITY = 1000;
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';

/** Keeps the Endpoints object of each Service, which EndpointSlices replaced (pkg/controller/endpoint). */
export function endpointsController(): Controller {
  return {
    name: 'endpoints',
    component: 'endpoint-controller',
    for: services,
    watches: [
      watching(pods, servicesOf),
      watching(endpoints, ({ metadata }) => [{ namespace: metadata.namespace ?? '', name: metadata.name }]),
    ],
    reconcile,
  };
}

function reconcile({ namespace, name }: NamespacedName, { client }: Context): void {
  const service = client.get(services, namespace, name);
  const old = client.get(endpoints, namespace, name);
  if (service === undefined && old?.metadata.labels?.[MANAGED_BY] !== undefined)
    client.delete(endpoints, namespace, name);
  if (service === undefined || !selectsPods(service)) return;
  const wanted = newEndpoints(service, client);
  if (old === undefined) client.create(endpoints, wanted);
  else if (!isSame(old, wanted))
    client.update(endpoints, { ...old, metadata: withOwn(old, wanted), subsets: wanted.subsets ?? [] });
}

function newEndpoints(service: Service, client: Client): Endpoints {
  const { name, namespace = '', labels } = service.metadata;
  const headless = service.spec.clusterIP === 'None';
  const { subsets, truncated } = truncate(subsetsOf(service, client.list(pods, namespace)));
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      labels: { ...labels, ...(headless && { [HEADLESS]: '' }), [MANAGED_BY]: 'endpoint-controller' },
      ...(truncated && { annotations: { [OVER_CAPACITY]: 'truncated' } }),
    },
    subsets,
  };
}

/** A port of some pods, and which of them are ready. */
interface PortRow {
  readonly port: NonNullable<EndpointSubset['ports']>[number] | undefined;
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

/** Ports that the same pods have share a subset (pkg/api/v1/endpoints/util.go, RepackSubsets). */
function subsetsOf(service: Service, all: readonly Pod[]): EndpointSubset[] {
  const subsets = new Map<string, EndpointSubset>();
  for (const { port, ready, notReady } of rowsByPort(service, all)) {
    const key = [ready, notReady].map((addresses) => addresses.map(({ ip }) => ip).join(',')).join(';');
    const ports = [...(subsets.get(key)?.ports ?? []), ...(port === undefined ? [] : [port])];
    subsets.set(key, {
      ...(ready.length > 0 && { addresses: ready }),
      ...(notReady.length > 0 && { notReadyAddresses: notReady }),
      ...(ports.length > 0 && { ports }),
    });
  }
  return [...subsets.values()];
}

function rowsByPort(service: Service, all: readonly Pod[]): Iterable<PortRow> {
  const { selector = {}, publishNotReadyAddresses = false, clusterIP } = service.spec;
  const rows = new Map<string, PortRow>();
  for (const pod of all) {
    if (!matchesLabels(selector, pod.metadata.labels) || !belongsToEndpoints(pod)) continue;
    if (pod.metadata.deletionTimestamp !== undefined && !publishNotReadyAddresses) continue;
    const found = endpointPorts(service, pod).map(({ name, port = 0, ...rest }) => ({
      ...(name && { name }),
      port,
      ...rest,
    }));
    const bare = clusterIP === 'None' && (service.spec.ports ?? []).length === 0;
    for (const port of bare ? [undefined] : found) {
      const key = `${port?.name ?? ''}/${port?.port}/${port?.protocol}`;
      const row = rows.get(key) ?? { port, ready: [], notReady: [] };
      rows.set(key, row);
      (publishNotReadyAddresses || isPodReady(pod) ? row.ready : row.notReady).push(addressOf(pod, service));
    }
  }
  return rows.values();
}

function addressOf(pod: Pod, service: Service): EndpointAddress {
  const { nodeName } = pod.spec;
  return {
    ip: pod.status?.podIP ?? '',
    ...hostnameIn(pod, service),
    ...(nodeName && { nodeName }),
    targetRef: referenceTo(pod),
  };
}

/** Ready addresses are kept before others (truncateEndpoints, without its shares between subsets). */
function truncate(subsets: EndpointSubset[]): { subsets: EndpointSubset[]; truncated: boolean } {
  const count = subsets.reduce(
    (sum, { addresses = [], notReadyAddresses = [] }) => sum + addresses.length + notReadyAddresses.length,
    0,
  );
  if (count <= CAPACITY) return { subsets, truncated: false };
  let room = CAPACITY;
  const take = (addresses: EndpointAddress[] = []) => {
    const taken = addresses.slice(0, room);
    room -= taken.length;
    return taken;
  };
  const ready = subsets.map(({ addresses }) => take(addresses));
  const kept = subsets.map((subset, index) => ({
    ...subset,
    addresses: ready[index] ?? [],
    notReadyAddresses: take(subset.notReadyAddresses),
  }));
  return { subsets: kept, truncated: true };
}

function isSame({ metadata, subsets }: Endpoints, wanted: Endpoints): boolean {
  const same = metadata.annotations?.[OVER_CAPACITY] === wanted.metadata.annotations?.[OVER_CAPACITY];
  return same && deepEqual(metadata.labels, wanted.metadata.labels) && deepEqual(subsets ?? [], wanted.subsets ?? []);
}

function withOwn(old: Endpoints, { metadata }: Endpoints): Endpoints['metadata'] {
  const { [OVER_CAPACITY]: _old, ...annotations } = old.metadata.annotations ?? {};
  return { ...old.metadata, labels: metadata.labels ?? {}, annotations: { ...annotations, ...metadata.annotations } };
}

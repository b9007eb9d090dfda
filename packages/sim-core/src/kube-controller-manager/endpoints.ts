import { type EndpointAddress, type EndpointSubset, type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import type { EndpointPort } from '../api/discovery-v1/endpoint-slice.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';
import { PerPod } from './per-pod.ts';
import { isPodReady } from './pod-util.ts';
import { hostnameIn, type PodGroup, podsByPorts, referenceTo, selectsPods, servicesOf } from './service-endpoints.ts';

/** Most addresses of an Endpoints object; the rest is left out (maxCapacity). */
const CAPACITY = 1000;
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';

/** Keeps the Endpoints object of each Service, which EndpointSlices replaced (pkg/controller/endpoint). */
export function endpointsController(): Controller {
  const made = new PerPod<EndpointAddress>();
  return {
    name: 'endpoints',
    component: 'endpoint-controller',
    for: services,
    watches: [
      watching(pods, servicesOf),
      watching(endpoints, ({ metadata }) => [{ namespace: metadata.namespace ?? '', name: metadata.name }]),
    ],
    reconcile: (key, context) => reconcile(key, context, made),
  };
}

function reconcile({ namespace, name }: NamespacedName, { client }: Context, made: PerPod<EndpointAddress>): void {
  const service = client.get(services, namespace, name);
  const old = client.get(endpoints, namespace, name);
  if (service === undefined && old?.metadata.labels?.[MANAGED_BY] !== undefined)
    client.delete(endpoints, namespace, name);
  if (service === undefined || !selectsPods(service)) return;
  const wanted = newEndpoints(service, client, made);
  if (old === undefined) client.create(endpoints, wanted);
  else if (!isSame(old, wanted))
    client.update(endpoints, { ...old, metadata: withOwn(old, wanted), subsets: wanted.subsets ?? [] });
}

function newEndpoints(service: Service, client: Client, made: PerPod<EndpointAddress>): Endpoints {
  const { name, namespace = '', labels } = service.metadata;
  const headless = service.spec.clusterIP === 'None';
  const { subsets, truncated } = truncate(subsetsOf(service, client, made));
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
  readonly ready: readonly EndpointAddress[];
  readonly notReady: readonly EndpointAddress[];
}

/** Ports that the same pods have share a subset (pkg/api/v1/endpoints/util.go, RepackSubsets). */
function subsetsOf(service: Service, client: Client, made: PerPod<EndpointAddress>): EndpointSubset[] {
  const groups = [...podsByPorts(service, client).values()];
  const rows = rowsByPort(service, groups, made);
  const subsets = new Map<string, EndpointSubset>();
  for (const { port, ready, notReady } of rows) {
    const key = groups.length === 1 ? '' : [ready, notReady].map((each) => each.map(({ ip }) => ip).join()).join(';');
    const ports = [...(subsets.get(key)?.ports ?? []), ...(port === undefined ? [] : [port])];
    subsets.set(key, {
      ...(ready.length > 0 && { addresses: [...ready] }),
      ...(notReady.length > 0 && { notReadyAddresses: [...notReady] }),
      ...(ports.length > 0 && { ports }),
    });
  }
  return [...subsets.values()].filter(({ addresses, notReadyAddresses }) => addresses ?? notReadyAddresses);
}

function rowsByPort(service: Service, groups: readonly PodGroup[], made: PerPod<EndpointAddress>): Iterable<PortRow> {
  const bare = service.spec.clusterIP === 'None' && (service.spec.ports ?? []).length === 0;
  const rows = new Map<string, PortRow>();
  for (const { ports, pods: group } of groups) {
    const { ready, notReady } = addressesOf(service, group, made);
    for (const port of bare ? [undefined] : ports.map(subsetPort)) {
      const key = `${port?.name ?? ''}/${port?.port}/${port?.protocol}`;
      const row = rows.get(key);
      rows.set(key, {
        port,
        ready: (row?.ready ?? []).concat(ready),
        notReady: (row?.notReady ?? []).concat(notReady),
      });
    }
  }
  return rows.values();
}

function subsetPort({ name, port = 0, ...rest }: EndpointPort): NonNullable<EndpointSubset['ports']>[number] {
  return { ...(name && { name }), port, ...rest };
}

/** Pods that are going count only where addresses are published whatever their pods' state. */
function addressesOf(service: Service, group: readonly Pod[], made: PerPod<EndpointAddress>) {
  const publishAll = service.spec.publishNotReadyAddresses === true;
  const ready: EndpointAddress[] = [];
  const notReady: EndpointAddress[] = [];
  for (const pod of group) {
    if (pod.metadata.deletionTimestamp !== undefined && !publishAll) continue;
    const address = made.get(service, pod, () => addressOf(pod, service));
    (publishAll || isPodReady(pod) ? ready : notReady).push(address);
  }
  return { ready, notReady };
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

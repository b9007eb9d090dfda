import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  endpointSlices,
} from '../../api/discovery-v1/endpoint-slice.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';
import { type Context, type Controller, watching } from '../../controller-runtime/controller.ts';
import { PerPod } from '../per-pod.ts';
import { podsByPorts, portsKey, selectsPods, servicesOf } from '../service-endpoints.ts';
import { identityOf, podToEndpoint } from './endpoint.ts';
import { pack } from './packing.ts';
import { MANAGED_BY, MANAGER, newEndpointSlice, sliceLabels } from './slice.ts';

/** Label of a node that says in which zone it stands. */
const ZONE = 'topology.kubernetes.io/zone';

/** Lists the pods behind each Service in EndpointSlices (pkg/controller/endpointslice, k8s.io/endpointslice). IPv4 only. */
export function endpointSliceController(): Controller {
  const made = new PerPod<Endpoint>();
  return {
    name: 'endpointslice',
    component: 'endpoint-slice-controller',
    for: services,
    owns: [endpointSlices],
    watches: [watching(pods, servicesOf)],
    reconcile: (key, context) => reconcile(key, context, made),
  };
}

function reconcile({ namespace, name }: NamespacedName, { client }: Context, made: PerPod<Endpoint>): void {
  const service = client.get(services, namespace, name);
  if (service === undefined || !selectsPods(service)) return;
  const managed = client
    .listControlledBy(endpointSlices, service)
    .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER);
  const existing = byPorts(managed);
  const changes: Changes = { create: [], update: [], remove: [] };
  for (const [key, group] of podsByPorts(service, client)) {
    addChanges(changes, service, group.ports, existing.get(key) ?? [], wanted(service, group.pods, client, made));
    existing.delete(key);
  }
  changes.remove.push(...[...existing.values()].flat());
  if (managed.length === changes.remove.length && changes.create.length === 0) keepPlaceholder(changes, service);
  carryOut(changes, service, client);
}

interface Changes {
  readonly create: EndpointSlice[];
  readonly update: EndpointSlice[];
  remove: EndpointSlice[];
}

function wanted(
  service: Service,
  group: readonly Pod[],
  client: Client,
  made: PerPod<Endpoint>,
): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>();
  for (const pod of group) {
    const zone = client.get(nodes, '', pod.spec.nodeName ?? '')?.metadata.labels?.[ZONE];
    const endpoint = made.get(
      service,
      pod,
      () => podToEndpoint(pod, service, zone),
      (known) => known.zone === zone,
    );
    endpoints.set(identityOf(endpoint), endpoint);
  }
  return endpoints;
}

function byPorts(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>();
  for (const slice of slices) groups.set(portsKey(slice.ports), [...(groups.get(portsKey(slice.ports)) ?? []), slice]);
  return groups;
}

function addChanges(
  changes: Changes,
  service: Service,
  ports: EndpointPort[],
  existing: readonly EndpointSlice[],
  endpoints: Map<string, Endpoint>,
): void {
  const labels = sliceLabels(service);
  const packing = pack(existing, endpoints, ({ metadata }) => !deepEqual(metadata.labels, labels));
  changes.create.push(...packing.create.map((each) => newEndpointSlice(service, ports, each)));
  for (const [slice, kept] of packing.update) {
    changes.update.push({ ...slice, metadata: { ...slice.metadata, labels }, endpoints: kept });
  }
  changes.remove.push(...packing.remove);
}

/** A Service without endpoints keeps one empty slice, so that its consumers can tell "none" from "not yet". */
function keepPlaceholder(changes: Changes, service: Service): void {
  const placeholder = newEndpointSlice(service, [], []);
  const kept = changes.remove.find(
    ({ endpoints, ports, metadata }) =>
      endpoints.length === 0 && ports.length === 0 && deepEqual(metadata.labels, placeholder.metadata.labels),
  );
  if (kept === undefined) changes.create.push(placeholder);
  else changes.remove = changes.remove.filter((slice) => slice !== kept);
}

/** A slice that would go takes the content of one that would come (finalize). */
function carryOut(changes: Changes, service: Service, client: Client): void {
  const reused = changes.remove.slice(0, changes.create.length);
  reused.forEach((slice, index) => {
    const { metadata, ports, endpoints } = changes.create[index] as EndpointSlice;
    changes.update.push({ ...slice, metadata: { ...slice.metadata, labels: metadata.labels ?? {} }, ports, endpoints });
  });
  const created = service.metadata.deletionTimestamp === undefined ? changes.create.slice(reused.length) : [];
  for (const slice of created) client.create(endpointSlices, slice);
  for (const slice of changes.update) client.update(endpointSlices, slice);
  for (const { metadata } of changes.remove.slice(reused.length))
    client.delete(endpointSlices, metadata.namespace ?? '', metadata.name);
}

import { deployments } from '../api/apps-v1/deployment.ts';
import { leases } from '../api/coordination-v1/lease.ts';
import { nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { objectKey, parseKey } from '../apimachinery/object-meta.ts';
import { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { WirePod } from '../wire.ts';
import { wireIngress } from './ingress-objects.ts';
import { type BoxKind, type ChangeListener, ObjectChanges } from './object-changes.ts';
import type { ObjectTable } from './object-table.ts';
import { wireLoadBalancer, wireService } from './service-objects.ts';
import type { ClusterViewOptions, ViewedCluster } from './viewed-cluster.ts';
import { wireDeployment, wireNode, wirePod } from './workload-objects.ts';

const KINDS: readonly BoxKind[] = Object.freeze([
  'Node',
  'Pod',
  'Deployment',
  'Service',
  'LoadBalancer',
  'Ingress',
] as const);

/** A Service with more endpoints than this is looked at once a second: each look is a list of all of them. */
const MANY_ENDPOINTS = 500;
const LARGE_SERVICE_EVERY = 1000;

/** Keeps the table of objects current: `refresh` looks again at what was touched, and at nothing else. */
export class LiveObjects {
  readonly changes: ObjectChanges;
  readonly #cluster: ViewedCluster;
  readonly #options: ClusterViewOptions;
  readonly #table: ObjectTable;
  readonly #slices: EndpointSliceLister;
  /** Newest failure of the cloud, by key of the Service. */
  readonly #failures = new Map<string, string>();
  /** What each controller pod had loaded when it was looked at, by address. */
  readonly #loaded = new Map<string, { pod: string; model: object; revision: number }>();
  /** Request time at which each large Service may be looked at again. */
  readonly #largeServices = new Map<string, number>();
  #files: unknown;

  constructor(cluster: ViewedCluster, options: ClusterViewOptions, table: ObjectTable, cameOrWent: () => void) {
    this.#cluster = cluster;
    this.#options = options;
    this.#table = table;
    this.#slices = new EndpointSliceLister(cluster.client);
    const listener: ChangeListener = { deleted: (kind, key, uid) => this.#deleted(kind, key, uid), cameOrWent };
    this.changes = new ObjectChanges(cluster, listener);
  }

  /** The cloud could not make a Service's load balancer (a message), or tries again (''). */
  cloudFailed(service: string, message: string): void {
    if (message === '') this.#failures.delete(service);
    else this.#failures.set(service, message);
    this.changes.touch('LoadBalancer', service);
  }

  /** Looks at everything that was touched. */
  refresh(): void {
    this.#noticeReloads();
    if (this.#files !== this.#cluster.manifests.files) this.changes.touchAll('Ingress', ingresses);
    this.#files = this.#cluster.manifests.files;
    if (this.changes.isEmpty) return;
    for (const kind of KINDS) for (const key of this.changes.take(kind)) this.#look(kind, key);
  }

  /** A replica that started, stopped or loaded another configuration shows in its pod and in every Ingress. */
  #noticeReloads(): void {
    const { replicas } = this.#cluster.ingress;
    let modelsChanged = false;
    for (const [ip, { pod }] of this.#loaded) {
      if (replicas.has(ip)) continue;
      this.#loaded.delete(ip);
      this.changes.touch('Pod', pod);
      modelsChanged = true;
    }
    for (const [ip, replica] of replicas) {
      const known = this.#loaded.get(ip);
      const [model, revision] = [replica.model(), replica.revision()];
      if (known?.model === model && known.revision === revision) continue;
      modelsChanged ||= known?.model !== model;
      const pod = known?.pod ?? this.#podAt(ip);
      this.#loaded.set(ip, { pod, model, revision });
      this.changes.touch('Pod', pod);
    }
    if (modelsChanged) this.changes.touchAll('Ingress', ingresses);
  }

  #podAt(ip: string): string {
    const pod = this.#cluster.client.list(pods).find(({ status }) => status?.podIP === ip);
    return pod === undefined ? '' : objectKey(pod);
  }

  #look(kind: BoxKind, key: string): void {
    const { namespace, name } = parseKey(key);
    const { client, clock } = this.#cluster;
    const table = this.#table;
    switch (kind) {
      case 'Node':
        return present(client.get(nodes, '', name), (node) => table.set(wireNode(node)));
      case 'Pod':
        return present(client.get(pods, namespace, name), (pod) =>
          table.set(this.#withController(wirePod(pod, client, clock.now()), pod)),
        );
      case 'Deployment':
        return present(client.get(deployments, namespace, name), (deployment) => table.set(wireDeployment(deployment)));
      case 'Service':
        return present(client.get(services, namespace, name), (service) => this.#lookAtService(service, key));
      case 'LoadBalancer':
        return present(client.get(services, namespace, name), (service) => this.#lookAtLoadBalancer(service));
      case 'Ingress':
        return present(client.get(ingresses, namespace, name), (ingress) =>
          table.set(wireIngress(ingress, this.#ingressView())),
        );
    }
  }

  #lookAtService(service: Service, key: string): void {
    const { clock } = this.#cluster;
    const now = clock.requestNow();
    if ((this.#largeServices.get(key) ?? now) > now) return this.changes.touch('Service', key);
    const wired = wireService(service, this.#slices, clock.now());
    if (wired.endpoints.length > MANY_ENDPOINTS) this.#largeServices.set(key, now + LARGE_SERVICE_EVERY);
    else this.#largeServices.delete(key);
    this.#table.set(wired);
  }

  #lookAtLoadBalancer(service: Service): void {
    const { cloud, edge } = this.#cluster;
    const wired = wireLoadBalancer(service, {
      cloud,
      urlOf: (key, port) => this.#options.urlOf?.(key, port) ?? '',
      failureOf: (each) => this.#failures.get(objectKey(each)) ?? '',
      isIngress: (key) => edge.ingressLoadBalancer()?.service === key,
    });
    if (wired === undefined) return this.#table.remove('LoadBalancer', service.metadata.uid ?? '');
    this.#table.set(wired);
    // Its ports on this machine are opened a moment after it is ready, and nobody tells us.
    const waits =
      this.#options.urlOf !== undefined && wired.state === 'ready' && wired.ports.some(({ url }) => url === '');
    if (waits) this.changes.touch('LoadBalancer', objectKey(service));
  }

  #ingressView() {
    const { client, ingress, manifests } = this.#cluster;
    return { client, replicas: () => ingress.replicas.values(), locate: manifests.locate.bind(manifests) };
  }

  #withController(wired: WirePod, { metadata, spec }: Pod): WirePod {
    if (!spec.containers.some(({ image }) => this.#options.isControllerImage(image ?? ''))) return wired;
    const replica = this.#cluster.ingress.replicas.get(wired.ip);
    const held = this.#cluster.client
      .list(leases, metadata.namespace)
      .some((lease) => lease.spec?.holderIdentity === metadata.name);
    const ready = wired.isReady && replica !== undefined;
    return {
      ...wired,
      controller: {
        ready,
        reason: ready ? '' : wired.status,
        leader: held,
        configurationRevision: replica?.revision() ?? 0,
      },
    };
  }

  #deleted(kind: BoxKind, key: string, uid: string): void {
    this.#table.remove(kind, uid);
    if (kind !== 'Service') return;
    this.#table.remove('LoadBalancer', uid);
    this.#failures.delete(key);
    this.#largeServices.delete(key);
  }
}

function present<T>(object: T | undefined, show: (object: T) => void): void {
  if (object !== undefined) show(object);
}

import { nodes } from '../api/core-v1/node.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { keyOf, type NamespacedName, objectKey } from '../apimachinery/object-meta.ts';
import { CloudError } from '../cloud/failures.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import { type Context, type Controller, type Result, watching } from '../controller-runtime/controller.ts';
import { loadBalancerSpec, targetsOf } from './load-balancer-spec.ts';
import { changeOf, needsCleanup, wantsLoadBalancer } from './service-changes.ts';
import { addFinalizer, publish, removeFinalizer } from './service-writes.ts';

const MIN_RETRY_DELAY = 5_000;
const MAX_RETRY_DELAY = 300_000;
/** Failed changes of the node set are tried again with the periodic node sync. */
const NODE_SYNC_PERIOD = 100_000;
/** Most node names that an event lists. */
const MAX_NODE_NAMES = 20;

/** What the controller remembers of a Service between reconciles (upstream: its service cache and queue). */
interface Memory {
  seen: Service;
  /**
   * ensure: the cloud is to be asked · ensuring: asked, not done · updating: asked for other nodes, not done ·
   * none: everything is as it should be
   */
  work: 'ensure' | 'ensuring' | 'updating' | 'none';
  failures: number;
  /** Cluster time before which the cloud is not asked again. */
  retryAt: number;
}

/**
 * Gives Services of type LoadBalancer their load balancer: events, finalizer, retries and status as
 * k8s.io/cloud-provider/controllers/service/controller.go. Where upstream waits inside the cloud call, a reconcile here
 * ends and comes back when the cloud is done.
 */
export function serviceLoadBalancerController(cloud: CloudProvider): Controller {
  const controller = new ServiceLoadBalancers(cloud);
  return {
    name: 'service-lb-controller',
    component: 'service-controller',
    for: services,
    watches: [watching(nodes, (_node, { client }) => client.list(services).filter(wantsLoadBalancer).map(nameOf))],
    reconcile: (key, context) => controller.reconcile(key, context),
  };
}

class ServiceLoadBalancers {
  readonly #cloud: CloudProvider;
  readonly #memories = new Map<string, Memory>();

  constructor(cloud: CloudProvider) {
    this.#cloud = cloud;
  }

  reconcile({ namespace, name }: NamespacedName, context: Context): Result | void {
    const key = keyOf(namespace, name);
    const service = context.client.get(services, namespace, name);
    if (service === undefined) return this.#forget(key, context);
    const memory = this.#observe(key, service, context);
    if (needsCleanup(service)) return this.#guard(memory, service, context, () => this.#delete(service, context));
    if (wantsLoadBalancer(service) && service.metadata.deletionTimestamp === undefined)
      return this.#sync(service, memory, context);
  }

  /** Takes note of the Service and of what changed since the last look. */
  #observe(key: string, service: Service, { events }: Context): Memory {
    const memory = this.#memories.get(key);
    if (memory === undefined) {
      const fresh: Memory = { seen: service, work: 'ensure', failures: 0, retryAt: 0 };
      this.#memories.set(key, fresh);
      return fresh;
    }
    const change = changeOf(memory.seen, service);
    if (needsCleanup(service) && !needsCleanup(memory.seen)) memory.retryAt = 0;
    memory.seen = service;
    if (change === undefined) return memory;
    if (change.event) events.event(service, 'Normal', change.event.reason, change.event.message);
    memory.work = 'ensure';
    memory.retryAt = 0;
    return memory;
  }

  #sync(service: Service, memory: Memory, context: Context): Result | void {
    const balancer = this.#cloud.get(objectKey(service));
    if (balancer?.state === 'deleting') return { requeueAfter: this.#cloud.remaining(balancer) };
    if (memory.work === 'none' && !this.#hasCurrentNodes(service, context))
      return this.#updateHosts(service, memory, context);
    if (memory.work === 'ensure') {
      const failed = this.#guard(memory, service, context, () => this.#ensure(service, context));
      if (failed !== undefined) return failed;
      memory.work = 'ensuring';
    }
    return this.#finish(memory, context);
  }

  /** Runs a step that asks the cloud; a refusal is told in an event and the step waits, 5 s doubling to 300 s. */
  #guard(memory: Memory, service: Service, { clock, events }: Context, step: () => Result | void): Result | void {
    const wait = memory.retryAt - clock.now();
    if (wait > 0) return { requeueAfter: wait };
    try {
      return step();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      events.event(service, 'Warning', 'SyncLoadBalancerFailed', `Error syncing load balancer: ${error.message}`);
      const delay = Math.min(MIN_RETRY_DELAY * 2 ** memory.failures, MAX_RETRY_DELAY);
      memory.failures += 1;
      memory.retryAt = clock.now() + delay;
      return { requeueAfter: delay };
    }
  }

  #ensure(service: Service, { client, events }: Context): void {
    events.event(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer');
    addFinalizer(client, service);
    const spec = loadBalancerSpec(service, client.list(nodes));
    if (spec.targets.length === 0) warnOfNoNodes(service, events);
    explained('failed to ensure load balancer', () => this.#cloud.ensure(spec));
  }

  /** When the cloud is done: tells so and publishes the address. */
  #finish(memory: Memory, { client, events }: Context): Result | void {
    const { namespace = '', name } = memory.seen.metadata;
    const service = client.get(services, namespace, name) ?? memory.seen;
    const balancer = this.#cloud.get(objectKey(service));
    if (balancer === undefined) return;
    if (balancer.doneAt !== undefined) return { requeueAfter: this.#cloud.remaining(balancer) };
    if (memory.work === 'ensuring') events.event(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer');
    if (memory.work === 'updating') {
      if (balancer.spec.targets.length === 0) warnOfNoNodes(service, events);
      else events.event(service, 'Normal', 'UpdatedLoadBalancer', 'Updated load balancer with new hosts');
    }
    memory.work = 'none';
    memory.failures = 0;
    publish(client, service, [{ hostname: balancer.hostname }]);
  }

  #hasCurrentNodes(service: Service, { client }: Context): boolean {
    const balancer = this.#cloud.get(objectKey(service));
    return balancer === undefined || deepEqual(balancer.requested.targets, targetsOf(client.list(nodes)));
  }

  #updateHosts(service: Service, memory: Memory, context: Context): Result | void {
    const wait = memory.retryAt - context.clock.now();
    if (wait > 0) return { requeueAfter: wait };
    const targets = targetsOf(context.client.list(nodes));
    try {
      this.#cloud.updateTargets(objectKey(service), targets);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const names = targets.slice(0, MAX_NODE_NAMES).map(({ node }) => node);
      const limit = `[node names limited, total number of nodes: ${targets.length}]`;
      const message = `Error updating load balancer with new hosts [${names.join(' ')}] ${limit}, error: ${error.message}`;
      context.events.event(service, 'Warning', 'UpdateLoadBalancerFailed', message);
      memory.retryAt = context.clock.now() + NODE_SYNC_PERIOD;
      return { requeueAfter: NODE_SYNC_PERIOD };
    }
    memory.work = 'updating';
    return this.#finish(memory, context);
  }

  /** Deletes the load balancer, then lets the Service go. */
  #delete(service: Service, { client, events }: Context): Result | void {
    const balancer = this.#cloud.get(objectKey(service));
    if (balancer !== undefined) {
      if (balancer.state !== 'deleting')
        events.event(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
      const left = explained('failed to delete load balancer', () => this.#cloud.delete(objectKey(service)));
      if (left !== undefined) return { requeueAfter: this.#cloud.remaining(left) };
    }
    this.#memories.delete(objectKey(service));
    const cleared = service.metadata.deletionTimestamp === undefined ? publish(client, service, []) : service;
    removeFinalizer(client, cleared);
    events.event(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer');
  }

  /** The Service is gone; a load balancer that it left behind (its finalizer was taken off by force) goes too. */
  #forget(key: string, { events }: Context): Result | void {
    const seen = this.#memories.get(key)?.seen;
    const balancer = this.#cloud.get(key);
    if (balancer === undefined) {
      this.#memories.delete(key);
      return;
    }
    if (seen && balancer.state !== 'deleting')
      events.event(seen, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
    const left = this.#cloud.delete(key);
    return { requeueAfter: left === undefined ? 0 : this.#cloud.remaining(left) };
  }
}

/** Puts upstream's words for the step in front of what the cloud said. */
function explained<T>(step: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof CloudError ? new CloudError(`${step}: ${error.message}`) : error;
  }
}

function warnOfNoNodes(service: Service, events: Context['events']): void {
  events.event(service, 'Warning', 'UnAvailableLoadBalancer', 'There are no available nodes for LoadBalancer');
}

function nameOf({ metadata }: Service): NamespacedName {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

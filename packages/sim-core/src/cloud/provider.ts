import { deepEqual } from '../apimachinery/deep.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Cancel, Clock } from '../sim/clock.ts';
import type { Random, RandomStream } from '../sim/random.ts';
import { type Client, connect, type Flow, type NoFlow } from './connect.ts';
import { type CloudFailure, type CloudOperation, Failures } from './failures.ts';
import { type NodeProbe, type TargetHealth, targetHealth } from './health-check.ts';
import { loadBalancerHostname } from './hostname.ts';
import { findListener, type LoadBalancer, type LoadBalancerSpec, type Target } from './load-balancer.ts';

/** How long the cloud works on a change, in milliseconds of cluster time. Real load balancers take minutes. */
const DEFAULT_CLOUD_DELAY = 3000;

export interface CloudParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly probe: NodeProbe;
  /** Milliseconds of cluster time from a call to its effect; 0: at once. Default {@link DEFAULT_CLOUD_DELAY}. */
  readonly delay?: number;
  readonly failures?: readonly CloudFailure[];
}

interface Entry {
  balancer: LoadBalancer;
  cancel: Cancel;
}

/**
 * The simulated cloud: load balancers that are created, changed and deleted some time after the call. Calls are
 * idempotent: asking again for what is under way, or there, changes nothing. It knows Services by name only.
 */
export class CloudProvider {
  readonly #parts: CloudParts;
  #delay: number;
  #failures: Failures;
  readonly #flows: RandomStream;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(service: string) => void>();

  constructor(parts: CloudParts) {
    this.#parts = parts;
    this.#delay = parts.delay ?? DEFAULT_CLOUD_DELAY;
    this.#failures = new Failures(parts.failures ?? []);
    this.#flows = parts.random.fork('cloud/flows');
  }

  /** The load balancer of a Service (`namespace/name`). */
  get(service: string): LoadBalancer | undefined {
    return this.#entries.get(service)?.balancer;
  }

  /** All load balancers, in the order in which they were asked for. */
  list(): readonly LoadBalancer[] {
    return [...this.#entries.values()].map(({ balancer }) => balancer);
  }

  findByHostname(hostname: string): LoadBalancer | undefined {
    return this.list().find((balancer) => balancer.hostname === hostname);
  }

  /** Creates the load balancer, or changes it to the spec. @throws CloudError */
  ensure(spec: LoadBalancerSpec): LoadBalancer {
    return this.#request('ensure', spec);
  }

  /** Changes which nodes are registered; without a load balancer nothing happens. @throws CloudError */
  updateTargets(service: string, targets: readonly Target[]): LoadBalancer | undefined {
    const balancer = this.get(service);
    return balancer && this.#request('update', { ...balancer.requested, targets });
  }

  /**
   * Deletes the load balancer: it stops to answer at once and is gone after the delay.
   * @returns what is left; undefined when it is gone
   * @throws CloudError
   */
  delete(service: string): LoadBalancer | undefined {
    const entry = this.#entries.get(service);
    if (entry === undefined || entry.balancer.state === 'deleting') return entry?.balancer;
    this.#failures.check('delete', service);
    this.#start(entry, { ...entry.balancer, state: 'deleting' }, () => {
      this.#entries.delete(service);
    });
    return this.get(service);
  }

  /** From now on it takes so long, and makes these mistakes instead of those that still waited for their calls. */
  setScene({ delay = DEFAULT_CLOUD_DELAY, failures = [] }: Pick<CloudParts, 'delay' | 'failures'>): void {
    this.#delay = delay;
    this.#failures = new Failures(failures);
  }

  /** Makes coming calls fail. */
  fail(failure: CloudFailure): void {
    this.#failures.add(failure);
  }

  /** Milliseconds of cluster time until the work on a load balancer is done; 0 when nothing is under way. */
  remaining(balancer: LoadBalancer): number {
    return balancer.doneAt === undefined ? 0 : Math.max(0, balancer.doneAt - this.#parts.clock.now());
  }

  /** Opens a connection: to one healthy target, where it stays. */
  connect(balancer: LoadBalancer, port: number, client: Client): Flow | NoFlow {
    return connect(balancer, port, client, { probe: this.#parts.probe, flows: this.#flows });
  }

  /** Health of every registered node for a listener's port. */
  health(balancer: LoadBalancer, port: number): readonly { target: Target; health: TargetHealth }[] {
    const listener = findListener(balancer, port);
    if (listener === undefined) return [];
    return balancer.spec.targets.map((target) => ({
      target,
      health: targetHealth(balancer, listener, target, this.#parts.probe),
    }));
  }

  /** Calls back after every change of a load balancer, with its Service. Returns how to stop. */
  onChange(listener: (service: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #request(operation: CloudOperation, spec: LoadBalancerSpec): LoadBalancer {
    const known = this.#entries.get(spec.service);
    if (known !== undefined && known.balancer.state !== 'deleting' && deepEqual(known.balancer.requested, spec)) {
      return known.balancer;
    }
    this.#failures.check(operation, spec.service);
    const entry = known ?? { balancer: newBalancer(spec), cancel: () => {} };
    this.#entries.set(spec.service, entry);
    this.#start(entry, requested(entry.balancer, spec), () => {
      entry.balancer = { ...entry.balancer, state: 'active', spec, doneAt: undefined };
    });
    return entry.balancer;
  }

  /** Puts the work under way in place of what was; a load balancer that is still being made keeps its appointment. */
  #start(entry: Entry, balancer: LoadBalancer, finish: () => void): void {
    entry.cancel();
    const { doneAt, state } = entry.balancer;
    const inTheMaking = balancer.state === 'provisioning' && state === 'provisioning' && doneAt !== undefined;
    const wait = inTheMaking ? this.remaining(entry.balancer) : this.#delay;
    const moment = this.#parts.clock.now() + wait;
    entry.balancer = { ...balancer, doneAt: moment };
    const done = () => {
      finish();
      this.#notify(balancer.service);
    };
    this.#notify(balancer.service);
    if (wait === 0) done();
    else entry.cancel = this.#parts.clock.runAt(moment, done);
  }

  #notify(service: string): void {
    for (const listener of [...this.#listeners]) listener(service);
  }
}

function newBalancer(spec: LoadBalancerSpec): LoadBalancer {
  const { namespace, name } = parseKey(spec.service);
  const hostname = loadBalancerHostname(namespace, name);
  return { service: spec.service, hostname, state: 'provisioning', spec, requested: spec, doneAt: undefined };
}

/** A load balancer that answers keeps answering as it was until the change is made; any other starts afresh. */
function requested(balancer: LoadBalancer, spec: LoadBalancerSpec): LoadBalancer {
  if (balancer.state === 'active') return { ...balancer, requested: spec };
  return { ...balancer, state: 'provisioning', spec, requested: spec };
}

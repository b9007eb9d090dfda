import { type Lease, leases } from '../api/coordination-v1/lease.ts';
import { pods } from '../api/core-v1/pod.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import type { Client } from '../client/client.ts';
import { type Cancel, type Clock, formatTime } from '../sim/clock.ts';
import type { ControllerLog } from './controller-log.ts';
import type { Flags } from './flags.ts';

/** Milliseconds of the shortest Lease that the API server takes. */
const SHORTEST_LEASE = 1000;

/** What the election is made from. */
export interface ElectionParts {
  readonly client: Client;
  /** Of the container: with it the renewing ends. */
  readonly clock: Clock;
  readonly flags: Pick<Flags, 'electionId' | 'electionTtl' | 'disableLeaderElection'>;
  readonly namespace: string;
  /** Name of this replica's pod. */
  readonly pod: string;
  readonly log: ControllerLog;
}

/**
 * Which replica writes the status: the holder of a Lease, who renews it four times while it lasts
 * (internal/ingress/controller/status.go, setupLeaderElection). Deviation: a replica that is gone loses it at once, a real
 * one when its lease has run out.
 */
export class LeaderElection {
  readonly #parts: ElectionParts;
  /** Milliseconds. */
  readonly #ttl: number;
  #cancel: Cancel | undefined;
  #stopped = false;
  /** Who was told of as the leader. */
  #leader = '';

  constructor(parts: ElectionParts) {
    this.#parts = parts;
    this.#ttl = Math.max(SHORTEST_LEASE, parts.flags.electionTtl);
  }

  /** Takes the Lease if it is free, and renews it from now on while this replica holds it. */
  start(): void {
    const { clock, flags } = this.#parts;
    if (flags.disableLeaderElection) return;
    attempt(() => this.leads());
    const round = () => {
      attempt(() => this.#renew());
      this.#cancel = clock.after(this.#ttl / 4, round);
    };
    this.#cancel = clock.after(this.#ttl / 4, round);
  }

  /** Whether this replica leads; it takes the Lease when nobody holds it. @throws StatusError where it may not */
  leads(): boolean {
    const { client, flags, namespace, pod } = this.#parts;
    if (this.#stopped) return false;
    if (flags.disableLeaderElection) return true;
    const lease = this.#lease();
    const holder = lease?.spec?.holderIdentity ?? '';
    this.#tellOf(holder);
    if (holder === pod) return true;
    if (holder !== '' && client.get(pods, namespace, holder) !== undefined) return false;
    this.#take(lease);
    this.#parts.log.acquiredLease();
    this.#tellOf(pod);
    return true;
  }

  /** Gives the Lease back when this replica ends: it leads no more. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    const { client, pod } = this.#parts;
    const lease = this.#lease();
    if (lease?.spec?.holderIdentity !== pod) return;
    attempt(() => client.update(leases, { ...lease, spec: { ...lease.spec, holderIdentity: '' } }));
  }

  #tellOf(holder: string): void {
    if (holder === '' || holder === this.#leader) return;
    this.#leader = holder;
    this.#parts.log.newLeader(holder);
  }

  #lease(): Lease | undefined {
    const { client, flags, namespace } = this.#parts;
    return client.get(leases, namespace, flags.electionId);
  }

  #renew(): void {
    if (!this.leads()) return;
    const lease = this.#lease();
    if (lease !== undefined)
      this.#parts.client.update(leases, { ...lease, spec: { ...lease.spec, renewTime: this.#now() } });
  }

  #take(lease: Lease | undefined): void {
    const { client, flags, namespace, pod } = this.#parts;
    const now = this.#now();
    const spec = {
      holderIdentity: pod,
      leaseDurationSeconds: Math.floor(this.#ttl / 1000),
      acquireTime: now,
      renewTime: now,
      leaseTransitions: (lease?.spec?.leaseTransitions ?? -1) + 1,
    };
    if (lease !== undefined) client.update(leases, { ...lease, spec });
    else {
      const metadata = { name: flags.electionId, namespace };
      client.create(leases, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
    }
  }

  /** metav1.MicroTime. */
  #now(): string {
    const now = this.#parts.clock.now();
    const milliseconds = String(Math.floor(now) % 1000).padStart(3, '0');
    return formatTime(now).replace('Z', `.${milliseconds}000Z`);
  }
}

/**
 * What the API server refuses, in a namespace that is going away or because of a webhook, is tried again in the next round
 * (tryAcquireOrRenew). Nobody stands behind a timer who could be told; whoever asks whether this replica leads is.
 */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

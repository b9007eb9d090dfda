import { type Lease, leases } from '../api/coordination-v1/lease.ts';
import { pods } from '../api/core-v1/pod.ts';
import type { Client } from '../client/client.ts';
import { type Clock, formatTime } from '../sim/clock.ts';

/** Seconds of the real election (internal/ingress/status/status.go). */
const LEASE_DURATION = 30;

/**
 * Which replica writes the status: the holder of a Lease. Deviation: a replica that is gone loses it at once, a real one
 * when its lease ran out after 30 s; nobody renews, so that an idle cluster stays quiet.
 */
export class LeaderElection {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #namespace: string;
  readonly #pod: string;

  constructor(parts: { client: Client; clock: Clock; electionId: string; namespace: string; pod: string }) {
    this.#client = parts.client;
    this.#clock = parts.clock;
    this.#name = parts.electionId;
    this.#namespace = parts.namespace;
    this.#pod = parts.pod;
  }

  /** Whether this replica leads; it takes the Lease when nobody holds it. */
  leads(): boolean {
    const lease = this.#client.get(leases, this.#namespace, this.#name);
    const holder = lease?.spec?.holderIdentity ?? '';
    if (holder === this.#pod) return true;
    if (holder !== '' && this.#client.get(pods, this.#namespace, holder) !== undefined) return false;
    this.#take(lease);
    return true;
  }

  /** Gives the Lease back when this replica ends. */
  release(): void {
    const lease = this.#client.get(leases, this.#namespace, this.#name);
    if (lease?.spec?.holderIdentity !== this.#pod) return;
    this.#client.update(leases, { ...lease, spec: { ...lease.spec, holderIdentity: '' } });
  }

  #take(lease: Lease | undefined): void {
    const now = formatTime(this.#clock.now()).replace('Z', '.000000Z');
    const spec = {
      holderIdentity: this.#pod,
      leaseDurationSeconds: LEASE_DURATION,
      acquireTime: now,
      renewTime: now,
      leaseTransitions: (lease?.spec?.leaseTransitions ?? -1) + 1,
    };
    if (lease !== undefined) this.#client.update(leases, { ...lease, spec });
    else {
      const metadata = { name: this.#name, namespace: this.#namespace };
      this.#client.create(leases, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
    }
  }
}

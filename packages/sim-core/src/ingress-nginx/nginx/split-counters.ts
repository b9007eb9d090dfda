import { effectiveWeightTotal } from './canary-policy.ts';
import {
  DEFAULT_UPSTREAM,
  type Location,
  type NginxConfiguration,
  type Server,
  type Upstream,
} from './configuration.ts';
import type { CanaryDecision } from './decision-record.ts';

/** Draws of one main host and path since its canary's rules or backends changed. */
export interface SplitCounter {
  readonly namespace: string;
  readonly ingress: string;
  readonly canaryIngress: string;
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly canaryService: string;
  readonly weight: number;
  /** Effective, at least 100. */
  readonly weightTotal: number;
  /** Whether session cookies keep clients where they are: draws then say little of the share. */
  readonly sticky: boolean;
  /** Cluster time in milliseconds at which this sample began. */
  readonly since: number;
  /** Sample number; grows with every change of any split. */
  readonly sinceRevision: number;
  /** Requests that a draw decided. */
  n: number;
  /** Of those, how many went to the canary. */
  canary: number;
  forcedHeader: number;
  forcedCookie: number;
  /** Answers of 500 and above among the drawn. */
  errors: number;
}

/**
 * Counts who went where, for every host and path that has a canary; one for all controller replicas, since they share
 * the draws. A change of weight, header or cookie rules or backends begins a new sample; endpoints do not.
 */
export class SplitCounters {
  readonly #counters = new Map<string, { signature: string; counter: SplitCounter }>();
  /** Keys of the counters by the replica that has them in its configuration. */
  readonly #tracked = new Map<string, ReadonlySet<string>>();
  readonly #revision: () => number;

  /** @param revision current revision of the store, for `sinceRevision` */
  constructor(revision: () => number) {
    this.#revision = revision;
  }

  /**
   * Counters for the locations of a replica's configuration that have a canary; those of unchanged splits go on. A
   * counter lives as long as one replica tracks it.
   * @param replica name of the controller pod
   */
  track(replica: string, configuration: NginxConfiguration, now: number): Map<Location, SplitCounter> {
    const upstreams = new Map(configuration.upstreams.map((upstream) => [upstream.name, upstream]));
    const tracked = new Map<Location, SplitCounter>();
    const seen = new Set<string>();
    for (const server of configuration.servers) {
      for (const location of server.locations) {
        const counter = this.#trackOne(server, location, upstreams, now, seen);
        if (counter !== undefined) tracked.set(location, counter);
      }
    }
    this.#tracked.set(replica, seen);
    this.#forgetUntracked();
    return tracked;
  }

  /** A replica is gone. */
  release(replica: string): void {
    this.#tracked.delete(replica);
    this.#forgetUntracked();
  }

  /** Current samples, one for every main host and path with a canary. */
  all(): SplitCounter[] {
    return [...this.#counters.values()].map(({ counter }) => counter);
  }

  #forgetUntracked(): void {
    const tracked = [...this.#tracked.values()];
    for (const key of [...this.#counters.keys()]) {
      if (!tracked.some((keys) => keys.has(key))) this.#counters.delete(key);
    }
  }

  #trackOne(
    server: Server,
    location: Location,
    upstreams: ReadonlyMap<string, Upstream>,
    now: number,
    seen: Set<string>,
  ): SplitCounter | undefined {
    const primary = upstreams.get(location.backend);
    const canary = upstreams.get(primary?.alternativeBackends[0] ?? '');
    const { source } = location;
    if (
      primary === undefined ||
      primary.name === DEFAULT_UPSTREAM ||
      canary?.trafficShaping === undefined ||
      source === undefined
    )
      return undefined;
    const key = `${server.hostname} ${location.ingressPath} ${location.ingressPathType}`;
    const signature = JSON.stringify([
      primary.name,
      canary.name,
      canary.trafficShaping,
      source.namespace,
      source.ingress,
      primary.sessionAffinity !== undefined,
    ]);
    seen.add(key);
    const known = this.#counters.get(key);
    if (known?.signature === signature) return known.counter;
    const { weight, weightTotal } = canary.trafficShaping;
    const counter: SplitCounter = {
      namespace: source.namespace,
      ingress: source.ingress,
      canaryIngress: canary.canary?.ingress ?? '',
      host: server.hostname,
      path: location.ingressPath,
      service: primary.service,
      canaryService: canary.service,
      weight,
      weightTotal: effectiveWeightTotal(weightTotal),
      sticky: primary.sessionAffinity !== undefined,
      since: now,
      sinceRevision: this.#revision(),
      n: 0,
      canary: 0,
      forcedHeader: 0,
      forcedCookie: 0,
      errors: 0,
    };
    this.#counters.set(key, { signature, counter });
    return counter;
  }
}

/** Counts one finished request. */
export function countSplit(counter: SplitCounter, decision: CanaryDecision, toCanary: boolean, status: number): void {
  if (decision === 'weight') {
    counter.n++;
    if (toCanary) counter.canary++;
    if (status >= 500) counter.errors++;
  } else if (decision === 'cookie') counter.forcedCookie++;
  else if (decision === 'header' || decision === 'header-value' || decision === 'header-pattern')
    counter.forcedHeader++;
}

import type { Location } from '../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { WireFlow } from '../wire.ts';
import { branch, newTable } from './branch.ts';

/** Finds the box of the map that an object is shown as; undefined when it is gone. */
export interface BoxIds {
  /** @param service `namespace/name` */
  loadBalancer(service: string): string | undefined;
  /** @param key `namespace/name` */
  pod(key: string): string | undefined;
  ingress(namespace: string, name: string): string | undefined;
  service(namespace: string, name: string): string | undefined;
}

/** A counter that grew. */
export type FlowCount = readonly [id: number, n: number, errors: number];

/** A flow, and when it was counted last. */
interface Counted {
  readonly flow: WireFlow;
  lastRequest: number;
}

type ByCanary = { main: Counted | undefined; canary: Counted | undefined };
type ByController = Map<string, ByCanary>;
type ByNode = Map<string, ByController>;
type ByBalancer = Map<string, ByNode>;
type ByPod = Map<string, ByBalancer>;

/** More ways than this, and those that nobody took for longest are forgotten. */
const MOST_FLOWS = 4000;

/**
 * Counts requests by the way that they took over the map. Each distinct way is one flow with totals that only grow, so
 * that every edge's number is a sum of flows and all of them agree. Counting is a walk through nested tables, because
 * it happens for every request.
 */
export class Flows {
  readonly #ids: BoxIds;
  readonly #flows = new Map<string, Counted>();
  /** By what a record holds. A location belongs to one configuration, so old tables go with it. */
  #byLocation = new WeakMap<object, ByPod>();
  readonly #nowhere = {};
  readonly #changed = new Set<WireFlow>();
  #added: WireFlow[] = [];
  #lastId = 0;

  constructor(ids: BoxIds) {
    this.#ids = ids;
  }

  /** Counts a finished request; returns the id of its flow. */
  count(record: DecisionRecord): number {
    const ways = this.#ways(record.location, record);
    const known = record.toCanary ? ways.canary : ways.main;
    const counted = known ?? this.#find(record, ways);
    const { flow } = counted;
    counted.lastRequest = record.id;
    flow.n++;
    if (record.status >= 500) flow.errors++;
    this.#changed.add(flow);
    return flow.id;
  }

  /** A box came or went: ways are looked up anew. Their totals stay. */
  boxesChanged(): void {
    this.#byLocation = new WeakMap();
  }

  all(): WireFlow[] {
    return [...this.#flows.values()].map(({ flow }) => ({ ...flow }));
  }

  /** How many ways have been seen. */
  get created(): number {
    return this.#lastId;
  }

  /** The flow that a request belongs to; 0 when it is forgotten. */
  flowOf(record: DecisionRecord): number {
    return this.#flows.get(wayOf(record, this.#nodesOf(record)))?.flow.id ?? 0;
  }

  /** Ways that were taken for the first time since the last call. */
  takeAdded(): WireFlow[] {
    const added = this.#added;
    this.#added = [];
    return added.map((flow) => ({ ...flow }));
  }

  /** Flows that were counted since the last call. */
  takeChanged(): FlowCount[] {
    const changed = [...this.#changed].map(({ id, n, errors }): FlowCount => [id, n, errors]);
    this.#changed.clear();
    return changed;
  }

  #ways(location: Location | undefined, { via, pod, controllerPod }: DecisionRecord): ByCanary {
    const byPod = branch(this.#byLocation, location ?? this.#nowhere, newTable<string, ByBalancer>);
    const byBalancer = branch(byPod, pod ?? '', newTable<string, ByNode>);
    const byNode = branch(byBalancer, via?.loadBalancer ?? '', newTable<string, ByController>);
    const byController = branch(byNode, via?.node ?? '', newTable<string, ByCanary>);
    return branch(byController, controllerPod, notCounted);
  }

  /** The flow of a way that is not in the tables yet: known by its boxes, or new. */
  #find(record: DecisionRecord, ways: ByCanary): Counted {
    const nodes = this.#nodesOf(record);
    const key = wayOf(record, nodes);
    let counted = this.#flows.get(key);
    if (counted === undefined) {
      if (this.#flows.size >= MOST_FLOWS) this.#forget();
      counted = { flow: { id: ++this.#lastId, nodes, canary: record.toCanary, n: 0, errors: 0 }, lastRequest: 0 };
      this.#flows.set(key, counted);
      this.#added.push(counted.flow);
    }
    if (record.toCanary) ways.canary = counted;
    else ways.main = counted;
    return counted;
  }

  /** Forgets the half that nobody took for longest. */
  #forget(): void {
    const oldestFirst = [...this.#flows].sort(([, a], [, b]) => a.lastRequest - b.lastRequest);
    for (const [key, { flow }] of oldestFirst.slice(0, MOST_FLOWS / 2)) {
      this.#flows.delete(key);
      this.#changed.delete(flow);
    }
    this.boxesChanged();
  }

  #nodesOf(record: DecisionRecord): string[] {
    const { via, upstream, location, pod, controllerPod } = record;
    const source = location?.source;
    const ids = [
      via?.loadBalancer && this.#ids.loadBalancer(via.loadBalancer),
      via?.node && `node:${via.node}`,
      this.#ids.pod(controllerPod),
      source && this.#ids.ingress(source.namespace, source.ingress),
      upstream && this.#ids.service(upstream.namespace, upstream.service),
      pod && this.#ids.pod(pod),
    ];
    return ['client', ...ids.filter((id): id is string => typeof id === 'string' && id !== '')];
  }
}

function notCounted(): ByCanary {
  return { main: undefined, canary: undefined };
}

function wayOf({ toCanary }: DecisionRecord, nodes: readonly string[]): string {
  return `${toCanary} ${nodes.join(' ')}`;
}

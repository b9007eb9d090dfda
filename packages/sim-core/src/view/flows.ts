import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { WireFlow } from '../wire.ts';

/** Finds the box of the map that an object is shown as; undefined when it is gone. */
export interface BoxIds {
  loadBalancer(service: string): string | undefined;
  pod(key: string): string | undefined;
  ingress(namespace: string, name: string): string | undefined;
  service(namespace: string, name: string): string | undefined;
}

/** A counter that grew. */
export type FlowCount = readonly [id: number, n: number, errors: number];

/**
 * Counts requests by the way that they took over the map. Each distinct way is one flow with totals that only grow, so
 * that every edge's number is a sum of flows and all of them agree.
 */
export class Flows {
  readonly #ids: BoxIds;
  readonly #flows = new Map<string, WireFlow>();
  readonly #changed = new Set<WireFlow>();

  constructor(ids: BoxIds) {
    this.#ids = ids;
  }

  /** Counts a finished request; returns the id of its flow. */
  count(record: DecisionRecord): number {
    const key = keyFor(record);
    let flow = this.#flows.get(key);
    if (flow === undefined) {
      flow = { id: this.#flows.size + 1, nodes: this.#nodesOf(record), canary: record.toCanary, n: 0, errors: 0 };
      this.#flows.set(key, flow);
    }
    flow.n++;
    if (record.status >= 500) flow.errors++;
    this.#changed.add(flow);
    return flow.id;
  }

  all(): WireFlow[] {
    return [...this.#flows.values()];
  }

  /** Flows that were counted since the last call. */
  takeChanged(): WireFlow[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
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

function keyFor({ via, controllerPod, location, upstream, pod, toCanary }: DecisionRecord): string {
  const source = location?.source;
  return `${via?.loadBalancer}|${via?.node}|${controllerPod}|${source?.namespace}/${source?.ingress}/${source?.field}|${upstream?.name}|${pod}|${toCanary}`;
}

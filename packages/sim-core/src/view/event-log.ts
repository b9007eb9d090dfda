import { type Event, events } from '../api/core-v1/event.ts';
import type { Client } from '../client/client.ts';
import { parseTime } from '../sim/clock.ts';
import type { WireEvent } from '../wire.ts';

/** How many of the newest events are kept. */
const KEPT = 500;

/** The newest Events of the cluster; one that repeats moves to the end with a higher count. */
export class EventLog {
  readonly #events = new Map<string, WireEvent>();
  readonly #fresh = new Map<string, WireEvent>();
  #seen = 0;

  /** @param onEvent told of each as it comes */
  constructor(client: Client, onEvent: (event: WireEvent) => void) {
    const add = (event: Event) => {
      const wired = wireEvent(event);
      this.#add(wired);
      onEvent(wired);
    };
    for (const event of client.list(events).sort(byTime).slice(-KEPT)) add(event);
    client.watch(events, ({ type, object }) => {
      if (type !== 'DELETED') add(object);
    });
  }

  /** Newest first. */
  newest(limit: number): WireEvent[] {
    return [...this.#events.values()].slice(-limit).reverse();
  }

  /** How many have come. */
  get seen(): number {
    return this.#seen;
  }

  /** Events since the last call, oldest first. */
  take(): WireEvent[] {
    const taken = [...this.#fresh.values()];
    this.#fresh.clear();
    return taken;
  }

  #add(event: WireEvent): void {
    this.#seen++;
    for (const list of [this.#events, this.#fresh]) {
      list.delete(event.uid);
      list.set(event.uid, event);
      if (list.size > KEPT) list.delete(list.keys().next().value as string);
    }
  }
}

function byTime(a: Event, b: Event): number {
  return Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
}

function wireEvent({
  metadata,
  involvedObject,
  reason,
  message,
  type,
  source,
  count,
  firstTimestamp,
  lastTimestamp,
}: Event): WireEvent {
  const at = parseTime(lastTimestamp ?? firstTimestamp ?? metadata.creationTimestamp);
  const { kind = '', namespace = '', name = '' } = involvedObject;
  return {
    uid: metadata.uid ?? '',
    at: Number.isNaN(at) ? 0 : at,
    type,
    reason,
    object: { kind, namespace, name },
    message,
    count: count ?? 1,
    component: source.component ?? '',
  };
}

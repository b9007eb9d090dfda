import type { KubeObject } from '../apimachinery/object-meta.ts';
import { type Event, events, type ObjectReference } from '../api/core-v1/event.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import type { Client } from './client.ts';

/** Most events that stay in the store; the real server forgets after an hour (--event-ttl), we also by number. */
const KEPT_EVENTS = 2000;

/**
 * Records Events as client-go's recorder and correlator do: the same source, object, type, reason and message again
 * only counts up and moves lastTimestamp (client-go/tools/record/events_cache.go).
 */
export class EventRecorder {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #source: { component: string; host?: string };
  readonly #names = new Map<string, string>();

  constructor(client: Client, clock: Clock, component: string, host?: string) {
    this.#client = client;
    this.#clock = clock;
    this.#source = host === undefined ? { component } : { component, host };
  }

  /** Records that something happened to `object`. */
  event(object: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void {
    const involvedObject = referenceTo(object, fieldPath);
    const namespace = object.metadata.namespace ?? 'default';
    const key = [namespace, object.kind, involvedObject.uid, fieldPath, type, reason, message].join('\n');
    const known = this.#names.get(key);
    const earlier = known === undefined ? undefined : this.#client.get(events, namespace, known);
    const now = formatTime(this.#clock.now());
    if (earlier !== undefined) {
      this.#client.update(events, { ...earlier, count: (earlier.count ?? 1) + 1, lastTimestamp: now });
      return;
    }
    const name = `${object.metadata.name}.${this.#uniqueSuffix()}`;
    this.#names.set(key, name);
    this.#client.create(events, this.#newEvent(name, namespace, involvedObject, type, reason, message, now));
    this.#forgetOldest();
  }

  #newEvent(
    name: string,
    namespace: string,
    involvedObject: ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    now: string,
  ): Event {
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject,
      reason,
      message,
      type,
      source: { ...this.#source },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      reportingComponent: this.#source.component,
      reportingInstance: this.#source.host ?? '',
    };
  }

  /** 16 hex digits as client-go appends them: the time, made unique by the store's revision. */
  #uniqueSuffix(): string {
    const now = Math.floor(this.#clock.now());
    return (BigInt(now) * 1_000_000n + BigInt(this.#client.revision)).toString(16).padStart(16, '0');
  }

  #forgetOldest(): void {
    if (this.#names.size <= KEPT_EVENTS) return;
    const [key, name] = this.#names.entries().next().value as [string, string];
    this.#names.delete(key);
    this.#client.delete(events, key.slice(0, key.indexOf('\n')), name);
  }
}

function referenceTo(object: KubeObject, fieldPath?: string): ObjectReference {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: object.metadata.namespace,
    name: object.metadata.name,
    uid: object.metadata.uid,
    resourceVersion: object.metadata.resourceVersion,
    ...(fieldPath === undefined ? {} : { fieldPath }),
  };
}

import { type Event, events, type ObjectReference } from '../api/core-v1/event.ts';
import { type KubeObject, keyOf, parseKey } from '../apimachinery/object-meta.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import type { Client } from './client.ts';
import { EventCorrelator, type Observation } from './event-correlator.ts';

/** Milliseconds after which an event is forgotten (kube-apiserver --event-ttl, one hour). */
const TTL = 3_600_000;
/** Milliseconds between two looks for events that are too old. */
const LOOK_PERIOD = 60_000;
/** Most events of one source that stay in the store, whatever their age. */
const KEPT_EVENTS = 2000;

/** What happened, as the recorder is told. */
interface Occurrence {
  readonly object: KubeObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
}

/**
 * Records Events of one source as client-go's recorder does (client-go/tools/record/event.go): what is said again only
 * counts up, see {@link EventCorrelator}. Recording never fails its caller: what the API server refuses, above all in a
 * namespace that is going away, is dropped.
 */
export class EventRecorder {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #source: { component: string; host?: string };
  readonly #correlator = new EventCorrelator();
  /** When each event was last seen, by namespace and name; the oldest first. */
  readonly #kept = new Map<string, number>();
  /** When the oldest were looked at last. */
  #lookedAt = 0;

  constructor(client: Client, clock: Clock, component: string, host?: string) {
    this.#client = client;
    this.#clock = clock;
    this.#source = Object.freeze(host === undefined ? { component } : { component, host });
  }

  /** Records that something happened to `object`. */
  event(object: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void {
    const { namespace = 'default', name, uid = `${object.kind}/${namespace}/${name}` } = object.metadata;
    const now = this.#clock.now();
    const observation = this.#correlator.correlate(uid, { type, reason, message, fieldPath }, now, () =>
      this.#newName(name, now),
    );
    if (observation === undefined) return;
    try {
      this.#write(namespace, { object, type, reason }, observation, now);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return;
    }
    this.#keep(keyOf(namespace, observation.name), now);
  }

  #write(namespace: string, occurrence: Occurrence, observation: Observation, now: number): void {
    const { name, count, message } = observation;
    const earlier = count === 1 ? undefined : this.#client.get(events, namespace, name);
    const lastTimestamp = formatTime(now);
    if (earlier === undefined)
      this.#client.create(events, this.#newEvent(namespace, occurrence, observation, lastTimestamp));
    else this.#client.update(events, { ...earlier, message, count, lastTimestamp });
  }

  #newEvent(namespace: string, { object, type, reason }: Occurrence, observation: Observation, now: string): Event {
    const { name, message, count, fieldPath } = observation;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: referenceTo(object, fieldPath),
      reason,
      message,
      type,
      source: this.#source,
      firstTimestamp: now,
      lastTimestamp: now,
      count,
      reportingComponent: this.#source.component,
      reportingInstance: this.#source.host ?? '',
    };
  }

  /** The object's name and 16 hex digits as client-go appends them: the time, made unique by the store's revision. */
  #newName(objectName: string, now: number): string {
    const nanoseconds = BigInt(Math.floor(now)) * 1_000_000n + BigInt(this.#client.revision);
    return `${objectName}.${nanoseconds.toString(16)}`;
  }

  #keep(key: string, now: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, now);
    if (this.#kept.size <= KEPT_EVENTS && now - this.#lookedAt < LOOK_PERIOD) return;
    this.#lookedAt = now;
    for (const [oldest, at] of this.#kept) {
      if (this.#kept.size <= KEPT_EVENTS && now - at <= TTL) return;
      this.#kept.delete(oldest);
      const { namespace, name } = parseKey(oldest);
      this.#client.delete(events, namespace, name);
    }
  }
}

function referenceTo(object: KubeObject, fieldPath: string | undefined): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  const reference: ObjectReference = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace,
    name,
    uid,
    resourceVersion,
  };
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  return reference;
}

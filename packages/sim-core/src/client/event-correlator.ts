/** Objects that are remembered; the one that was silent for longest is forgotten (maxLruCacheEntries). */
const MOST_OBJECTS = 4096;
/** From so many different messages of one reason on, they are combined (defaultAggregateMaxEvents) … */
const MAX_SIMILAR = 10;
/** … unless there was a pause of this many milliseconds between them (defaultAggregateIntervalInSeconds). */
const SIMILAR_INTERVAL = 600_000;
/** Different messages of one reason that are remembered; beyond the first nine that takes hours. */
const MOST_OBSERVED = 100;
const COMBINED = '(combined from similar events): ';
/** Events that an object may have at once, and milliseconds until it may have one more (defaultSpamBurst, defaultSpamQPS). */
const BURST = 25;
const REFILL = 300_000;

/** What was recorded before under the same words; its count goes up with every repetition. */
export interface Observation {
  readonly message: string;
  readonly fieldPath: string | undefined;
  /** Name of the Event object. */
  readonly name: string;
  count: number;
}

/** Events of one object with one type and reason. */
interface Similar {
  readonly type: string;
  readonly reason: string;
  lastAt: number;
  readonly messages: string[];
  readonly observed: Observation[];
  combined: Observation | undefined;
}

interface ObjectRecord {
  readonly similar: Similar[];
  tokens: number;
  refilledAt: number;
}

/**
 * Decides what becomes of an event, for one source (client-go/tools/record/events_cache.go): the same again only counts
 * up, many similar ones are combined into one, and an object that has too many is not heard any more for a while. Where Go
 * drops any one of ten messages, this drops the newest, so that the same run is the same run.
 */
export class EventCorrelator {
  readonly #objects = new Map<string, ObjectRecord>();

  /**
   * @param object the object's uid
   * @param now cluster time, milliseconds
   * @param newName names an Event object that is new
   * @returns what to write: a new observation has a count of 1. Undefined: nothing
   */
  correlate(
    object: string,
    event: { type: string; reason: string; message: string; fieldPath: string | undefined },
    now: number,
    newName: () => string,
  ): Observation | undefined {
    const record = this.#record(object, now);
    const similar = similarTo(record, event.type, event.reason, now);
    const observation = isCombined(similar, event.message)
      ? combine(similar, event.message, newName)
      : observe(similar, event.message, event.fieldPath, newName);
    return takeToken(record, now) ? observation : undefined;
  }

  #record(object: string, now: number): ObjectRecord {
    const known = this.#objects.get(object);
    const record = known ?? { similar: [], tokens: BURST, refilledAt: now };
    if (known !== undefined) this.#objects.delete(object);
    this.#objects.set(object, record);
    if (this.#objects.size > MOST_OBJECTS) this.#objects.delete(this.#objects.keys().next().value as string);
    return record;
  }
}

function similarTo(record: ObjectRecord, type: string, reason: string, now: number): Similar {
  let similar = record.similar.find((each) => each.reason === reason && each.type === type);
  if (similar === undefined) {
    similar = { type, reason, lastAt: now, messages: [], observed: [], combined: undefined };
    record.similar.push(similar);
  } else if (now - similar.lastAt > SIMILAR_INTERVAL) {
    similar.messages.length = 0;
  }
  similar.lastAt = now;
  return similar;
}

/** EventAggregate: whether this message makes too many. */
function isCombined({ messages }: Similar, message: string): boolean {
  if (messages.includes(message)) return false;
  if (messages.length + 1 >= MAX_SIMILAR) return true;
  messages.push(message);
  return false;
}

/** eventObserve under the key of all similar events. */
function combine(similar: Similar, message: string, newName: () => string): Observation {
  const { name, count } = similar.combined ?? { name: newName(), count: 0 };
  similar.combined = { message: `${COMBINED}${message}`, fieldPath: undefined, name, count: count + 1 };
  return similar.combined;
}

/** eventObserve under the event's own key. */
function observe(
  { observed }: Similar,
  message: string,
  fieldPath: string | undefined,
  newName: () => string,
): Observation {
  const earlier = observed.find((each) => each.message === message && each.fieldPath === fieldPath);
  if (earlier !== undefined) {
    earlier.count++;
    return earlier;
  }
  const observation = { message, fieldPath, name: newName(), count: 1 };
  observed.push(observation);
  if (observed.length > MOST_OBSERVED) observed.shift();
  return observation;
}

/** EventSourceObjectSpamFilter: a token bucket for each object. */
function takeToken(record: ObjectRecord, now: number): boolean {
  const refilled = record.tokens + (now - record.refilledAt) / REFILL;
  record.tokens = Math.min(BURST, refilled);
  record.refilledAt = now;
  if (record.tokens < 1) return false;
  record.tokens -= 1;
  return true;
}

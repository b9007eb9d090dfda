import type { FeedMessage, PastState, Snapshot, SourceFile, TraceSample } from '@k8s-ingress-sandbox/sim-core/wire';
import { batch } from '@preact/signals';
import { TrafficHistory, type TrafficTotals } from '../chart/traffic-history.ts';
import type { Connection, ConnectionListener } from '../feed/connection.ts';
import type { Timers } from '../feed/timers.ts';
import type { ClockReading } from './cluster-clock.ts';
import { applyMessage, type ClusterState, fromSnapshot, keyOf } from './cluster-state.ts';
import { addReading, type RateHistory, ratesOf } from './rates.ts';
import { span } from './span.ts';
import { type Store, show } from './store.ts';

/** Changes of objects are shown within a frame, numbers four times a second: faster nobody can read them. */
const OBJECTS_MS = 16;
const NUMBERS_MS = 250;
const LISTS_MS = 1000;
const SLOW: ReadonlySet<FeedMessage['t']> = new Set(['m', 'tr', 'beat']);

/** Requests that one way through the map took since the last message. */
export interface FlowStep {
  readonly flow: number;
  readonly count: number;
  readonly errors: number;
}

/**
 * The newest state of the cluster, and the store that shows it a little later: messages are applied as they come, and
 * shown together. While the view is frozen they go on being applied, unseen.
 */
export class LiveCluster implements ConnectionListener {
  readonly #store: Store;
  readonly #timers: Timers;
  readonly #onTraffic: (steps: readonly FlowStep[]) => void;
  #state: ClusterState | undefined;
  #clock: ClockReading | undefined;
  #history: RateHistory = [];
  readonly #traffic = new TrafficHistory();
  #counted: ClusterState['flows'] = new Map();
  readonly #arrivals = new WeakMap<TraceSample, number>();
  #flushAt = Number.POSITIVE_INFINITY;
  #cancelFlush = (): void => {};
  #listsShownAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, timers: Timers, onTraffic: (steps: readonly FlowStep[]) => void) {
    this.#store = store;
    this.#timers = timers;
    this.#onTraffic = onTraffic;
  }

  /** Requests that the feed showed, newest first, frozen view or not. */
  get samples(): readonly TraceSample[] {
    return this.#state?.samples ?? [];
  }

  /** When the feed showed a request, in milliseconds of the page's clock. */
  arrivalOf(sample: TraceSample): number {
    return this.#arrivals.get(sample) ?? 0;
  }

  changed(connection: Connection): void {
    this.#store.connection.value = connection;
  }

  snapshot(snapshot: Snapshot): void {
    this.#state = fromSnapshot(snapshot, this.#state);
    this.#counted = this.#state.flows;
    this.#clock = { status: this.#state.status, receivedAt: this.#timers.now() };
    this.#history = addReading([], this.#timers.now(), this.#state.flows.values());
    this.#listsShownAt = Number.NEGATIVE_INFINITY;
    this.#flushWithin(0);
  }

  message(message: FeedMessage): string | undefined {
    const before = this.#state;
    if (!before) return 'no snapshot yet';
    const step = applyMessage(before, message);
    if ('resync' in step) return step.resync;
    this.#state = step.state;
    if (message.t === 'hello') this.#store.role.value = message.role;
    if (message.t === 'tr') for (const sample of message.items) this.#arrivals.set(sample, this.#timers.now());
    if (message.t === 'm') this.#measure(step.state);
    // Beats come when nothing else does: without a reading the last rates would stand for ever.
    if (message.t === 'beat') this.#read(step.state);
    if (step.state !== before || message.t === 'beat') this.#flushWithin(SLOW.has(message.t) ? NUMBERS_MS : OBJECTS_MS);
    return undefined;
  }

  /** A file as the server says it now stands, after a change of ours. */
  setLine(file: string, line: number, text: string): void {
    if (!this.#state) return;
    const files = this.#state.files.map((one): SourceFile => {
      if (one.file !== file) return one;
      const lines = one.text.split('\n').map((old, i) => (i + 1 === line ? text : old));
      return { file, text: lines.join('\n'), draft: true };
    });
    this.#state = { ...this.#state, files };
    this.#flushWithin(0);
  }

  /** Shows how the cluster was; what comes meanwhile is applied unseen. */
  showPast({ step, objects, split }: PastState, samples: readonly TraceSample[]): void {
    if (!this.#state) return;
    const byKey = new Map(objects.map((object) => [keyOf(object.kind, object.uid), object]));
    const state = { ...this.#state, rev: step.rev, objects: byKey, split, samples };
    batch(() => {
      this.#store.past.value = step;
      show(this.#store, state, 'all');
      this.#store.rates.value = new Map();
    });
  }

  /** Shows what is now again. */
  showPresent(): void {
    this.#store.past.value = undefined;
    this.#listsShownAt = Number.NEGATIVE_INFINITY;
    this.#flushWithin(0);
  }

  /** A text of a file that the server has taken. */
  setFile(file: string, text: string): void {
    if (!this.#state) return;
    const files = this.#state.files.map((one) => (one.file === file ? { ...one, text } : one));
    this.#state = { ...this.#state, files };
    this.#flushWithin(0);
  }

  freeze(): void {
    this.#store.frozenAt.value = this.#timers.now();
  }

  unfreeze(): void {
    this.#store.frozenAt.value = undefined;
    this.#listsShownAt = Number.NEGATIVE_INFINITY;
    this.#flushWithin(0);
  }

  #measure(after: ClusterState): void {
    this.#clock = { status: after.status, receivedAt: this.#timers.now() };
    this.#read(after);
    this.#onTraffic(this.#count(after));
  }

  /** A way is announced with what it has counted already, so its own last total is what counts, not the last message. */
  #count({ flows }: ClusterState): FlowStep[] {
    const counted = this.#counted;
    this.#counted = flows;
    return [...flows.values()].flatMap(({ id, n, errors }) => {
      const { n: before = 0, errors: failed = 0 } = counted.get(id) ?? {};
      return n > before ? [{ flow: id, count: n - before, errors: errors - failed }] : [];
    });
  }

  #read(state: ClusterState): void {
    if (this.#traffic.add(totalsOf(state, this.#timers.now())) && this.#store.frozenAt.peek() === undefined)
      this.#store.traffic.value = this.#traffic.points;
    this.#history = addReading(this.#history, this.#timers.now(), state.flows.values());
  }

  #flushWithin(milliseconds: number): void {
    const at = this.#timers.now() + milliseconds;
    if (at >= this.#flushAt) return;
    this.#cancelFlush();
    this.#flushAt = at;
    this.#cancelFlush = this.#timers.after(milliseconds, () => this.#flush());
  }

  #flush(): void {
    this.#flushAt = Number.POSITIVE_INFINITY;
    const { frozenAt, past, parts } = this.#store;
    const state = this.#state;
    if (!state || !this.#clock || frozenAt.peek() !== undefined) return;
    if (past.peek() !== undefined) {
      parts.timeline.value = state.timeline;
      return;
    }
    const reading = this.#clock;
    const lists = this.#timers.now() - this.#listsShownAt >= LISTS_MS;
    if (lists) this.#listsShownAt = this.#timers.now();
    else this.#flushWithin(LISTS_MS);
    span('show', () => this.#show(state, reading, lists ? 'all' : 'fast'));
  }

  #show(state: ClusterState, reading: ClockReading, which: 'all' | 'fast'): void {
    const { clock, rates, ready } = this.#store;
    batch(() => {
      show(this.#store, state, which);
      clock.value = reading;
      rates.value = ratesOf(this.#history);
      ready.value = true;
    });
  }
}

function totalsOf({ flows, split }: ClusterState, at: number): TrafficTotals {
  const all = [...flows.values()];
  const [row] = split;
  return {
    at,
    requests: all.reduce((sum, { n }) => sum + n, 0),
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    n: row?.n ?? 0,
    canary: row?.canary ?? 0,
  };
}

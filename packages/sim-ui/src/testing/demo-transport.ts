import type {
  FeedMessage,
  LessonList,
  LessonState,
  ObjectName,
  PastState,
  RequestTrace,
  Snapshot,
  TraceSample,
  WeightAnswer,
} from '@k8s-ingress-sandbox/sim-core/wire';
import type { Timers } from '../feed/timers.ts';
import {
  type Feed,
  type FeedListener,
  type FeedPosition,
  type LessonResult,
  type LoadOrder,
  type SendOrder,
  type Transport,
  TransportError,
  type WeightChange,
} from '../transport/transport.ts';
import { DemoCluster } from './demo-cluster.ts';
import { demoTrace } from './demo-trace.ts';
import { FILE } from './objects.ts';

const TICK_MS = 100;

/** The demo's cluster behind the page's own interface: snapshots, a feed at 10 Hz, commands. */
export class DemoTransport implements Transport {
  readonly cluster = new DemoCluster();
  readonly #timers: Timers;
  readonly #feeds = new Set<{ listener: FeedListener; seq: number; flows: Set<number> }>();
  #seen = { requests: 0, events: 0 };

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#tick();
  }

  snapshot(): Promise<Snapshot> {
    return Promise.resolve(this.cluster.snapshot());
  }

  feed(_position: FeedPosition, listener: FeedListener): Feed {
    const feed = { listener, seq: 0, flows: new Set([...this.cluster.flows.values()].map(({ id }) => id)) };
    this.#timers.after(0, () => {
      listener.opened();
      listener.message({ t: 'hello', proto: 1, epoch: 'e1', seq: 0, role: 'control', hz: 10, now: this.cluster.now });
      this.#feeds.add(feed);
    });
    return { send: () => {}, close: () => void this.#feeds.delete(feed) };
  }

  /** Cuts every feed off, as a server that dies does. */
  cut(): void {
    for (const feed of this.#feeds) feed.listener.closed();
    this.#feeds.clear();
  }

  async trace(id: number): Promise<RequestTrace> {
    const request = this.cluster.requests[id - 1];
    if (!request) throw new TransportError('evicted', `Request ${id} is no longer in the ring of the last 5,000.`);
    const flow = [...this.cluster.flows.values()].find((one) => one.id === request.flow);
    return demoTrace(request, flow?.nodes ?? [], this.cluster.weight);
  }

  async traces(until: number): Promise<TraceSample[]> {
    return this.cluster.requests.slice(0, until).slice(-60).reverse().map(sampleOf);
  }

  async past(step: number): Promise<PastState> {
    const past = this.cluster.past.get(step);
    if (!past) throw new TransportError('evicted', `Step ${step} of the timeline is forgotten.`);
    return past;
  }

  async setWeight({ weight }: WeightChange): Promise<WeightAnswer> {
    const { line, text } = this.cluster.setWeight(weight);
    this.#publish(this.cluster.takeChanges());
    return { rev: this.cluster.rev, file: FILE, line, text };
  }

  async send({ count, headers }: SendOrder): Promise<{ ids: number[] }> {
    const forced = Object.keys(headers ?? {}).length > 0;
    return { ids: Array.from({ length: count }, () => this.cluster.request('client', forced).id) };
  }

  async startLoad({ url, rate }: LoadOrder): Promise<{ id: string }> {
    return { id: this.cluster.startLoad(url, rate) };
  }

  async stopLoad(): Promise<void> {
    this.cluster.load = undefined;
  }

  async deleteObject(_apiVersion: string, { name }: ObjectName): Promise<void> {
    this.#changeThenFinish(() => this.cluster.pods.delete(name), 2500);
  }

  async crash(_namespace: string, name: string): Promise<void> {
    this.#changeThenFinish(() => this.cluster.pods.crash(name), 2000);
  }

  async scale(_namespace: string, name: string, replicas: number): Promise<void> {
    this.#changeThenFinish(() => this.cluster.pods.scale(name, replicas), 1200);
  }

  async skip(milliseconds: number): Promise<void> {
    this.#publish(this.cluster.advance(milliseconds));
  }

  /** The demo has no API server. */
  lesson(): Promise<LessonState> {
    return this.call('GET', '/lesson');
  }

  checkLesson(): Promise<LessonState> {
    return this.call('POST', '/lesson/check');
  }

  lessonResult(): Promise<LessonResult> {
    return this.call('GET', '/lesson/result');
  }

  lessons(): Promise<LessonList> {
    return this.call('GET', '/lessons');
  }

  loadLesson(): Promise<void> {
    return this.call('POST', '/lesson');
  }

  async call<T>(_method: string, path: string): Promise<T> {
    throw new TransportError('refused', `The demo cluster has no ${path}.`);
  }

  async lines<T>(path: string, _body: unknown, _onLine: (line: T) => void): Promise<void> {
    throw new TransportError('refused', `The demo cluster has no ${path}.`);
  }

  #changeThenFinish(change: () => void, milliseconds: number): void {
    change();
    this.#publish(this.cluster.takeChanges());
    this.#timers.after(milliseconds, () => {
      this.cluster.pods.finish();
      this.#publish(this.cluster.takeChanges());
    });
  }

  #tick(): void {
    this.#publish(this.cluster.advance(TICK_MS));
    const { requests, events } = this.cluster;
    const items = requests.slice(this.#seen.requests).slice(-4).map(sampleOf);
    const newEvents = events.slice(this.#seen.events);
    this.#seen = { requests: requests.length, events: events.length };
    for (const feed of this.#feeds) this.#report(feed, items, newEvents);
    this.#timers.after(TICK_MS, () => this.#tick());
  }

  #report(
    feed: { listener: FeedListener; seq: number; flows: Set<number> },
    items: TraceSample[],
    events: Extract<FeedMessage, { t: 'ev' }>['items'],
  ): void {
    const { cluster } = this;
    const flows = [...cluster.flows.values()];
    const added = flows.filter(({ id }) => !feed.flows.has(id));
    for (const { id } of added) feed.flows.add(id);
    const say = (message: FeedMessage): void => feed.listener.message(message);
    const seq = (): number => ++feed.seq;
    if (added.length > 0) say({ t: 'flow', seq: seq(), flows: added });
    if (items.length > 0) say({ t: 'tr', seq: seq(), items });
    if (events.length > 0) say({ t: 'ev', seq: seq(), items: events });
    const totals = flows.map(({ id, n, errors }): [number, number, number] => [id, n, errors]);
    say({
      t: 'm',
      seq: seq(),
      ts: cluster.now,
      flows: totals,
      split: [cluster.split],
      load: cluster.loads(),
      status: cluster.status(),
    });
  }

  #publish(ops: Extract<FeedMessage, { t: 'd' }>['ops']): void {
    if (ops.length === 0) return;
    const prevRev = this.cluster.rev;
    this.cluster.rev += 1;
    const step = this.cluster.addStep();
    for (const { listener } of [...this.#feeds]) listener.message({ t: 'step', seq: 0, steps: [step] });
    for (const feed of this.#feeds)
      feed.listener.message({ t: 'd', seq: ++feed.seq, prevRev, rev: this.cluster.rev, ops });
  }
}

function sampleOf({ draw: _draw, service: _service, ...sample }: DemoCluster['requests'][number]): TraceSample {
  return sample;
}

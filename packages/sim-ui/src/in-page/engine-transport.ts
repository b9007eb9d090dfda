import { ControlError, type InPageSandbox, setReplicas, setWeight } from '@k8s-ingress-sandbox/sim-core/in-page';
import type {
  KubectlOutput,
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
  type SimulatedSplit,
  type Transport,
  TransportError,
  type WeightChange,
} from '../transport/transport.ts';
import { answer } from './routes.ts';

const TICK_MS = 100;
/** Requests that a list shows. */
const LISTED = 60;
/** Status of what was there, and is forgotten. */
const GONE = 410;

/** The page's own engine behind the interface of a server: the same page cannot tell them apart. */
export class EngineTransport implements Transport {
  readonly #sandbox: InPageSandbox;
  readonly #timers: Timers;

  constructor(sandbox: InPageSandbox, timers: Timers) {
    this.#sandbox = sandbox;
    this.#timers = timers;
  }

  async snapshot(): Promise<Snapshot> {
    return this.#sandbox.snapshot();
  }

  feed(_position: FeedPosition, listener: FeedListener): Feed {
    let cancel = this.#timers.after(0, () => {
      // What happened before is in the snapshot.
      this.#sandbox.take();
      listener.opened();
      listener.message(this.#sandbox.hello());
      tick();
    });
    const tick = (): void => {
      cancel = this.#timers.after(TICK_MS, () => {
        for (const message of this.#sandbox.take()) listener.message(message);
        tick();
      });
    };
    return { send: () => {}, close: () => cancel() };
  }

  async trace(id: number): Promise<RequestTrace> {
    const trace = await this.#sandbox.actions.trace(id);
    if (typeof trace === 'object') return trace;
    throw new TransportError('evicted', `Request ${id} is forgotten, or never was.`);
  }

  async traces(until: number): Promise<TraceSample[]> {
    return this.#sandbox.traces(LISTED, until);
  }

  async past(step: number): Promise<PastState> {
    const past = this.#sandbox.past(step);
    if (past === undefined) throw new TransportError('evicted', `Step ${step} of the timeline is forgotten.`);
    return past;
  }

  async setWeight({ namespace, ingress, weight }: WeightChange): Promise<WeightAnswer> {
    const changed = await this.#do(() => setWeight(this.#sandbox.actions, { namespace, name: ingress }, weight));
    if (!('errors' in changed)) return changed;
    throw new TransportError('refused', changed.errors.map(({ message }) => message).join('\n'));
  }

  async send(order: SendOrder): Promise<{ ids: number[] }> {
    return { ids: [...(await this.#do(() => this.#sandbox.send(order)))] };
  }

  async startLoad(order: LoadOrder): Promise<{ id: string }> {
    return this.#do(() => this.#sandbox.startLoad(order));
  }

  async stopLoad(id: string): Promise<void> {
    await this.#do(() => this.#sandbox.stopLoad(id));
  }

  async deleteObject(apiVersion: string, object: ObjectName): Promise<void> {
    await this.#do(() => this.#sandbox.actions.delete({ apiVersion, ...object }));
  }

  async crash(namespace: string, name: string): Promise<void> {
    await this.#do(() => this.#sandbox.actions.crash(namespace, name));
  }

  async scale(namespace: string, name: string, replicas: number): Promise<void> {
    await this.#do(() => setReplicas(this.#sandbox.actions, { namespace, name }, replicas));
  }

  async skip(milliseconds: number): Promise<void> {
    await this.#do(() => this.#sandbox.advance(milliseconds));
  }

  async simulate(requests: number): Promise<SimulatedSplit> {
    return this.#do(() => this.#sandbox.simulate(requests));
  }

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

  call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.#do(() => answer(this.#sandbox, method, path, body) as T | Promise<T>);
  }

  /** Only kubectl answers in lines. What was ended early has no exit code. */
  async lines<T>(path: string, body: unknown, onLine: (line: T) => void, signal: AbortSignal): Promise<void> {
    if (path !== '/kubectl') return this.call('POST', path, body);
    const say = onLine as (line: KubectlOutput) => void;
    const { argv } = body as { argv: readonly string[] };
    const streams = { signal, stdout: (out: string) => say({ out }), stderr: (err: string) => say({ err }) };
    const exit = await this.#do(() => this.#sandbox.actions.kubectl(argv, streams));
    if (!signal.aborted) say({ exit });
  }

  /** What the engine refuses, in its words. */
  async #do<T>(act: () => T | Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof TransportError) throw error;
      const isGone = error instanceof ControlError && error.status === GONE;
      throw new TransportError(isGone ? 'evicted' : 'refused', error instanceof Error ? error.message : String(error));
    }
  }
}

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
import {
  type Feed,
  type FeedListener,
  type FeedPosition,
  type LessonResult,
  type LoadOrder,
  type SendOrder,
  type Transport,
  TransportError,
  type TransportProblem,
  type WeightChange,
} from './transport.ts';

const API = '/api/v1';
/** Requests that a list shows. */
const LISTED = 60;

/** The control API of the server that this page came from. The session is a cookie that the page never sees. */
export class ServerTransport implements Transport {
  readonly #origin: URL;

  /** @param location - of the page */
  constructor(location: string) {
    this.#origin = new URL(location);
  }

  snapshot(): Promise<Snapshot> {
    return this.call('GET', '/snapshot');
  }

  feed({ epoch, seq }: FeedPosition, listener: FeedListener): Feed {
    const url = new URL(`${API}/feed`, this.#origin);
    url.protocol = this.#origin.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = new URLSearchParams({ epoch, seq: String(seq) }).toString();
    const socket = new WebSocket(url);
    socket.onopen = () => listener.opened();
    socket.onmessage = ({ data }) => listener.message(JSON.parse(String(data)) as FeedMessage);
    socket.onclose = () => listener.closed();
    return {
      send: (command) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
      },
      close: () => socket.close(),
    };
  }

  trace(id: number): Promise<RequestTrace> {
    return this.call('GET', `/traces/${id}`);
  }

  traces(until: number): Promise<TraceSample[]> {
    return this.call('GET', `/traces?limit=${LISTED}&until=${until}`);
  }

  past(step: number): Promise<PastState> {
    return this.call('GET', `/history/${step}`);
  }

  setWeight(change: WeightChange): Promise<WeightAnswer> {
    return this.call('PATCH', '/weight', change);
  }

  send(order: SendOrder): Promise<{ ids: number[] }> {
    return this.call('POST', '/send', order);
  }

  startLoad(order: LoadOrder): Promise<{ id: string }> {
    return this.call('POST', '/load', order);
  }

  async stopLoad(id: string): Promise<void> {
    await this.call('DELETE', `/load/${encodeURIComponent(id)}`);
  }

  async deleteObject(apiVersion: string, object: ObjectName): Promise<void> {
    await this.call('POST', '/delete', { apiVersion, ...object });
  }

  async crash(namespace: string, name: string): Promise<void> {
    await this.call('POST', '/crash', { namespace, name });
  }

  async scale(namespace: string, name: string, replicas: number): Promise<void> {
    await this.call('POST', '/scale', { namespace, name, replicas });
  }

  async skip(milliseconds: number): Promise<void> {
    await this.call('PATCH', '/clock', { advance: `${milliseconds}ms` });
  }

  lesson(): Promise<LessonState> {
    return this.call('GET', '/lesson');
  }

  checkLesson(): Promise<LessonState> {
    return this.call('POST', '/lesson/check', {});
  }

  lessonResult(): Promise<LessonResult> {
    return this.call('GET', '/lesson/result');
  }

  lessons(): Promise<LessonList> {
    return this.call('GET', '/lessons');
  }

  async loadLesson(id: string): Promise<void> {
    await this.call('POST', '/lesson', { id });
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#fetch(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw refusal(answer.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async lines<T>(path: string, body: unknown, onLine: (line: T) => void, signal: AbortSignal): Promise<void> {
    const answer = await this.#fetch('POST', path, body, signal);
    if (!answer.ok) throw refusal(answer.status, await answer.text());
    try {
      for await (const line of linesOf(answer)) onLine(JSON.parse(line) as T);
    } catch (error) {
      if (!signal.aborted) throw new TransportError('unreachable', `The sandbox stopped answering: ${error}`);
    }
  }

  async #fetch(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    const url = new URL(API + path, this.#origin);
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    try {
      return await fetch(url, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        ...json,
        ...(signal && { signal }),
      });
    } catch {
      throw new TransportError('unreachable', 'The sandbox does not answer.');
    }
  }
}

function problemOf(status: number): TransportProblem {
  if (status === 401) return 'unauthorized';
  return status === 410 ? 'evicted' : 'refused';
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value = '' } = (await reader?.read()) ?? { done: true };
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
    if (done) break;
  }
  if (rest !== '') yield rest;
}

/** The server's own words, wherever its answer keeps them. */
function refusal(status: number, text: string): TransportError {
  const problem = problemOf(status);
  try {
    const answer = JSON.parse(text) as { message?: string; error?: string; errors?: { message: string }[] };
    const words = answer.message ?? answer.error ?? answer.errors?.map(({ message }) => message).join(' ');
    if (words) return new TransportError(problem, words, answer);
  } catch {
    // Not JSON: a proxy's page, say. The status says more than its markup.
  }
  return new TransportError(problem, `The sandbox answered ${status}.`);
}

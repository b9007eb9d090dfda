import type {
  FeedMessage,
  ObjectName,
  PastState,
  RequestTrace,
  Snapshot,
  TraceSample,
} from '@k8s-ingress-sandbox/sim-core/wire';
import {
  type Feed,
  type FeedListener,
  type FeedPosition,
  type LoadOrder,
  type SendOrder,
  type Transport,
  TransportError,
  type TransportProblem,
  type WeightAnswer,
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
    return this.#call('GET', '/snapshot');
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
    return this.#call('GET', `/traces/${id}`);
  }

  traces(until: number): Promise<TraceSample[]> {
    return this.#call('GET', `/traces?limit=${LISTED}&until=${until}`);
  }

  past(step: number): Promise<PastState> {
    return this.#call('GET', `/history/${step}`);
  }

  setWeight(change: WeightChange): Promise<WeightAnswer> {
    return this.#call('PATCH', '/weight', change);
  }

  send(order: SendOrder): Promise<{ ids: number[] }> {
    return this.#call('POST', '/send', order);
  }

  startLoad(order: LoadOrder): Promise<{ id: string }> {
    return this.#call('POST', '/load', order);
  }

  async stopLoad(id: string): Promise<void> {
    await this.#call('DELETE', `/load/${encodeURIComponent(id)}`);
  }

  async deleteObject(apiVersion: string, object: ObjectName): Promise<void> {
    await this.#call('POST', '/delete', { apiVersion, ...object });
  }

  async crash(namespace: string, name: string): Promise<void> {
    await this.#call('POST', '/crash', { namespace, name });
  }

  async scale(namespace: string, name: string, replicas: number): Promise<void> {
    await this.#call('POST', '/scale', { namespace, name, replicas });
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#fetch(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new TransportError(problemOf(answer.status), messageOf(text, answer.status));
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async #fetch(method: string, path: string, body: unknown): Promise<Response> {
    const url = new URL(API + path, this.#origin);
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    try {
      return await fetch(url, { method, credentials: 'same-origin', cache: 'no-store', ...json });
    } catch {
      throw new TransportError('unreachable', 'The sandbox does not answer.');
    }
  }
}

function problemOf(status: number): TransportProblem {
  if (status === 401) return 'unauthorized';
  return status === 410 ? 'evicted' : 'refused';
}

/** The server's own words, wherever its answer keeps them. */
function messageOf(text: string, status: number): string {
  try {
    const answer = JSON.parse(text) as { message?: string; error?: string; errors?: { message: string }[] };
    const words = answer.message ?? answer.error ?? answer.errors?.map(({ message }) => message).join(' ');
    if (words) return words;
  } catch {
    // Not JSON: a proxy's page, say. The status says more than its markup.
  }
  return `The sandbox answered ${status}.`;
}

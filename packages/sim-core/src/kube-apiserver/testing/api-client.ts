import { createApiServer } from '../../cluster/api-server.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiRequest, ApiResponse } from '../http/message.ts';

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape
  readonly body: any;
}

/** A watch under way. */
export interface Watching {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly events: any[];
  readonly ended: () => boolean;
  stop(): void;
}

/** A client of the API of a cluster in virtual time, without sockets. */
export interface ApiClient {
  readonly cluster: Cluster;
  readonly server: ApiServer;
  /** Errors that were ours. */
  readonly errors: unknown[];
  ask(method: string, url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  watch(url: string, headers?: Readonly<Record<string, string>>): Promise<Watching>;
}

const NOTHING = new Uint8Array(0);

export function createApiClient(cluster: Cluster = createCluster()): ApiClient {
  const errors: unknown[] = [];
  const server = createApiServer({
    controlPlane: cluster.controlPlane,
    clock: cluster.clock,
    random: cluster.random,
    kubelet: cluster.kubelet.connection,
    network: cluster.network.network,
    manifests: cluster.manifests,
    adminToken: '',
    settle: () => cluster.settle(),
    onError: (error) => errors.push(error),
  });
  const send = (method: string, url: string, body: unknown, headers: Readonly<Record<string, string>>) =>
    server.handle(requestOf(method, url, body, headers));
  return {
    cluster,
    server,
    errors,
    ask: async (method, url, body, headers = {}) => answerOf(await send(method, url, body, headers)),
    watch: async (url, headers = {}) => startWatch(await send('GET', url, undefined, headers)),
  };
}

function requestOf(method: string, url: string, body: unknown, headers: Readonly<Record<string, string>>): ApiRequest {
  return { method, url, headers: { 'user-agent': 'test/1', ...headers }, body: bytesOf(body) };
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return NOTHING;
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function answerOf(response: ApiResponse): Answer {
  const { status, headers } = response;
  if (!('body' in response)) throw new Error('the answer goes on: ask with watch()');
  const text = typeof response.body === 'string' ? response.body : new TextDecoder().decode(response.body);
  return { status, headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function startWatch(response: ApiResponse): Watching {
  if ('body' in response) throw new Error(`no watch: ${response.status} ${response.body}`);
  const events: unknown[] = [];
  let over = false;
  const stop = response.stream({
    write: (line) => {
      events.push(JSON.parse(String(line)));
      return true;
    },
    end: () => {
      over = true;
    },
  });
  return { events, ended: () => over, stop };
}

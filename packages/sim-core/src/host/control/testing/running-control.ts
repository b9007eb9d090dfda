import { type IncomingHttpHeaders, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createClusterView } from '../../../index.ts';
import type { FeedCommand, FeedMessage, SourceFile } from '../../../wire.ts';
import { startControl } from '../control.ts';
import type { ReaderNews } from '../feed.ts';
import type { FeedLimits } from '../feed-client.ts';
import { canaryCluster } from './canary-cluster.ts';
import { testActions } from './test-actions.ts';

const DEVIATIONS = fileURLToPath(new URL('../../../../../../conformance/deviations.yaml', import.meta.url));

export const TOKEN = 'a-token-of-a-test';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  json<T = { message: string; reason?: string }>(): T;
}

/** Time of a feed that only the test moves. */
export class ManualTimer {
  #now = 0;
  #run: (() => void) | undefined;

  get ticking(): boolean {
    return this.#run !== undefined;
  }

  now(): number {
    return this.#now;
  }

  every(_milliseconds: number, run: () => void): () => void {
    this.#run = run;
    return () => {
      this.#run = undefined;
    };
  }

  /** Lets so many tenths of a second pass. */
  tick(count = 1): void {
    for (let i = 0; i < count; i++) {
      this.#now += 100;
      this.#run?.();
    }
  }
}

/** A reader of the feed that remembers what it was told. */
export class FeedReader {
  readonly messages: FeedMessage[] = [];
  readonly socket: WebSocket;
  #waiting: (() => void)[] = [];
  closed: number | undefined;

  constructor(port: number, query: string, headers: Record<string, string>) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/feed${query}`, { headers });
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      this.#wake();
    });
    this.socket.on('close', (code) => {
      this.closed = code;
      this.#wake();
    });
    this.socket.on('error', () => {});
  }

  of<T extends FeedMessage['t']>(t: T): Extract<FeedMessage, { t: T }>[] {
    return this.messages.filter((message): message is Extract<FeedMessage, { t: T }> => message.t === t);
  }

  send(command: FeedCommand): void {
    this.socket.send(JSON.stringify(command));
  }

  /** Resolves once the condition holds; the test's own time-out is the limit. */
  async until(condition: (reader: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A control port before the lesson's canary; closed when the test ends. */
export async function runningControl(
  options: {
    limits?: Partial<FeedLimits>;
    publicUrl?: string;
    uiDirectory?: string;
    classFolder?: string;
    files?: () => SourceFile[];
  } = {},
) {
  const cluster = canaryCluster();
  const view = createClusterView(cluster, {
    epoch: 'epoch-1',
    ...(options.files && { files: options.files }),
  });
  const actions = testActions(cluster);
  const timer = new ManualTimer();
  const errors: unknown[] = [];
  const readers: ReaderNews[] = [];
  const { publicUrl, uiDirectory = '/nowhere', limits = {}, classFolder } = options;
  const control = await startControl({
    cluster,
    view,
    actions,
    port: 0,
    token: TOKEN,
    uiDirectory,
    deviationsFile: DEVIATIONS,
    classFolder,
    onError: (error) => errors.push(error),
    feed: { timer, limits, onReader: (news) => readers.push(news) },
    ...(publicUrl === undefined ? {} : { publicUrl: () => publicUrl }),
  });
  onTestFinished(() => control.close());
  const origin = `http://127.0.0.1:${control.port}`;
  const call = (method: string, path: string, parts: { headers?: Record<string, string>; body?: unknown } = {}) =>
    send(control.port, method, path, parts);
  const bearer = { authorization: `Bearer ${TOKEN}` };
  const api = (method: string, path: string, body?: unknown) =>
    call(method, `/api/v1${path}`, { headers: bearer, ...(body === undefined ? {} : { body }) });
  const feedOf = (port: number, query: string, headers: Record<string, string>) => {
    const reader = new FeedReader(port, query, headers);
    onTestFinished(() => reader.socket.terminate());
    return reader;
  };
  const feed = (query = '', headers: Record<string, string> = { origin, cookie: `sid_${control.port}=${TOKEN}` }) =>
    feedOf(control.port, query, headers);
  return {
    cluster,
    view,
    actions,
    control,
    origin,
    timer,
    errors,
    readers,
    call,
    callOn: send,
    api,
    feed,
    feedOf,
    bearer,
  };
}

function send(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown },
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', method, path, headers: { ...type, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const whole = Buffer.concat(chunks);
          const { statusCode: status = 0, headers: answered } = response;
          resolve({
            status,
            headers: answered,
            body: whole,
            text: String(whole),
            json: () => JSON.parse(String(whole)),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

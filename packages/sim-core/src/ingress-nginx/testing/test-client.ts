import type { VirtualClock } from '../../sim/virtual-clock.ts';
import type { HttpResponse, Workload } from '../../workloads/workload.ts';
import type { ClientCertificate } from '../nginx/client-certificate.ts';
import type { EdgeRequest } from '../nginx/edge-request.ts';

/** A request as a test writes it. */
export interface TestRequest {
  readonly method?: string;
  readonly scheme?: 'http' | 'https';
  /** Host header; undefined sends none. */
  readonly host?: string;
  readonly path?: string;
  /** Flat, beside Host and Content-Length. */
  readonly headers?: readonly string[];
  readonly body?: string;
  /** Sends the body without announcing its length. */
  readonly chunked?: boolean;
  readonly sni?: string;
  readonly httpVersion?: string;
  readonly clientCertificate?: ClientCertificate;
  readonly remoteAddress?: string;
  readonly origin?: EdgeRequest['origin'];
  readonly ordinal?: number;
}

/** What came back; status 0: the connection was broken off. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Microtasks that are given to streams and promises before time moves. */
const TICKS = 40;
/** Timers that may run until an answer must be there. */
const MOST_STEPS = 200;

/** Collects an answer in memory. */
export class ClientResponse implements HttpResponse {
  closed = false;
  status = 0;
  headers: readonly string[] = [];
  body = '';
  readonly #onClose: (() => void)[] = [];

  writeHead(status: number, headers: readonly string[]): void {
    if (this.status !== 0) throw new Error('two heads for one request');
    this.status = status;
    this.headers = headers;
  }

  write(chunk: Uint8Array | string): boolean {
    if (!this.closed) this.body += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  end(chunk?: Uint8Array | string): void {
    if (chunk !== undefined) this.write(chunk);
    this.closed = true;
  }

  destroy(): void {
    if (this.closed) return;
    this.status = 0;
    this.closed = true;
  }

  onClose(callback: () => void): void {
    this.#onClose.push(callback);
  }

  /** The client goes away. */
  leave(): void {
    if (this.closed) return;
    this.closed = true;
    for (const callback of this.#onClose) callback();
  }
}

/** The request as a controller's pod receives it. */
export function edgeRequest(request: TestRequest): EdgeRequest {
  const { method = 'GET', scheme = 'http', host, path = '/', body, chunked = false } = request;
  const length = body === undefined || chunked ? [] : ['Content-Length', String(new TextEncoder().encode(body).length)];
  const encoding = chunked ? ['Transfer-Encoding', 'chunked'] : [];
  return {
    method,
    url: path,
    httpVersion: request.httpVersion ?? '1.1',
    headers: [...(host === undefined ? [] : ['Host', host]), ...(request.headers ?? []), ...length, ...encoding],
    remoteAddress: request.remoteAddress ?? '127.0.0.1',
    scheme,
    ...(request.origin === undefined ? {} : { origin: request.origin }),
    ...(request.ordinal === undefined ? {} : { ordinal: request.ordinal }),
    ...(request.sni === undefined ? {} : { sni: request.sni }),
    clientCertificate: request.clientCertificate,
    ...(body === undefined ? {} : { body: streamOf(body) }),
  };
}

/** Sends requests to a workload, all at once, and waits in virtual time for the answers. */
export async function exchangeAll(
  workload: Workload,
  requests: readonly TestRequest[],
  clock: VirtualClock,
): Promise<TestAnswer[]> {
  const responses = requests.map((request) => {
    const response = new ClientResponse();
    workload.http?.(edgeRequest(request), response);
    return response;
  });
  await answered(responses, clock);
  return responses.map(({ status, headers, body }) => ({ status, headers, body }));
}

/** Waits for answers: time moves only while nothing else can happen. @throws when none can come any more */
export async function answered(responses: readonly ClientResponse[], clock: VirtualClock): Promise<void> {
  for (let step = 0; responses.some(({ closed }) => !closed); step++) {
    for (let tick = 0; tick < TICKS && responses.some(({ closed }) => !closed); tick++) await Promise.resolve();
    if (responses.every(({ closed }) => closed)) break;
    const next = clock.nextTimerAt();
    if (next === undefined || step > MOST_STEPS) throw new Error('no answer, and nothing left to wait for');
    clock.advanceTo(next);
  }
}

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (text !== '') controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

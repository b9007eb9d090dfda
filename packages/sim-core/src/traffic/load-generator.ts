import type { Clock } from '../sim/clock.ts';
import type { HttpRequest } from '../workloads/workload.ts';

/** One request that is fired again and again. */
export interface LoadRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** Port of the URL: the Service port behind the load balancer. */
  readonly port: number;
  readonly request: HttpRequest;
}

/** Fires a request as a real client would, over connections that it keeps. */
export interface LoadClient {
  /** @param connection number of the client connection: the same number is the same keep-alive connection */
  fire(connection: number): void;
  /** Gives its connections up; answers under way still come. */
  close(): void;
}

/** Makes the client of one load. @param answered is told the status of each answer, 0 for a connection that was closed without one */
export type OpenClient = (request: LoadRequest, answered: (status: number) => void) => LoadClient;

/** What to fire. */
export interface LoadOptions {
  url: string;
  /** Requests a second: open loop, nobody waits for an answer. */
  rate: number;
  /** Milliseconds of request time; until stopped without it. */
  duration?: number;
  /** At most so many requests. */
  count?: number;
  method?: string;
  headers?: Record<string, string>;
  /** A new connection for every request instead of kept ones. */
  newConnections?: boolean;
  clientIp?: string;
  startedBy?: string;
}

/** A load that runs or ran; counters only grow. */
export interface Load {
  readonly id: string;
  readonly options: Readonly<LoadOptions>;
  readonly startedAt: number;
  sent: number;
  answered: number;
  /** Closed without an answer, or answered 5xx. */
  failed: number;
  done: boolean;
}

/** Milliseconds between two bursts of the generator. */
const TICK = 10;
/** Kept connections are used in turn. */
export const KEPT_CONNECTIONS = 8;
/** Ended loads that can still be asked for. */
const KEPT_ENDED = 16;
/** Where the generator's client sits when nothing else is said: outside the cluster (TEST-NET-1, RFC 5737). */
export const LOAD_CLIENT_ADDRESS = '192.0.2.7';

/** Fires requests at a steady rate, in the engine: no sockets, so a cluster in a browser tab has load too. */
export class LoadGenerator {
  readonly #clock: Clock;
  readonly #open: OpenClient;
  readonly #loads = new Map<string, Running>();
  readonly #ended: Load[] = [];
  #sequence = 0;

  constructor(clock: Clock, open: OpenClient) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Loads that run. */
  running(): Load[] {
    return [...this.#loads.values()].map(({ load }) => load);
  }

  /** A load that runs, or one of the last that ran. */
  find(id: string): Load | undefined {
    return this.#loads.get(id)?.load ?? this.#ended.find((load) => load.id === id);
  }

  /**
   * Starts a load.
   * @throws TypeError when the url is none, or not http(s)
   */
  start(options: LoadOptions): Load {
    const request = buildRequest(options);
    const load: Load = {
      id: `load-${++this.#sequence}`,
      options,
      startedAt: this.#clock.requestNow(),
      sent: 0,
      answered: 0,
      failed: 0,
      done: false,
    };
    const running = { load, client: this.#open(request, (status) => countAnswer(load, status)) };
    this.#loads.set(load.id, running);
    this.#tick(running);
    return load;
  }

  /** Stops a load; answers under way still count. */
  stop(id: string): void {
    const running = this.#loads.get(id);
    if (running === undefined) return;
    const { load, client } = running;
    load.done = true;
    client.close();
    this.#loads.delete(id);
    this.#ended.push(load);
    if (this.#ended.length > KEPT_ENDED) this.#ended.shift();
  }

  stopAll(): void {
    for (const id of [...this.#loads.keys()]) this.stop(id);
  }

  #tick(running: Running): void {
    const { load, client } = running;
    if (load.done) return;
    const {
      rate,
      duration = Number.POSITIVE_INFINITY,
      count = Number.POSITIVE_INFINITY,
      newConnections,
    } = load.options;
    const elapsed = this.#clock.requestNow() - load.startedAt;
    const due = Math.min(Math.floor((Math.min(elapsed, duration) * rate) / 1000) + (elapsed < duration ? 1 : 0), count);
    while (load.sent < due && !load.done) {
      const number = load.sent++;
      client.fire(newConnections === true ? number : number % KEPT_CONNECTIONS);
    }
    if (elapsed >= duration || load.sent >= count) this.stop(load.id);
    else this.#clock.afterRequest(TICK, () => this.#tick(running));
  }
}

/** A load that runs, and its client. */
interface Running {
  readonly load: Load;
  readonly client: LoadClient;
}

function countAnswer(load: Load, status: number): void {
  if (status === 0 || status >= 500) load.failed++;
  if (status !== 0) load.answered++;
}

/** The request that a load fires. @throws TypeError when the url is none, or not http(s) */
export function buildRequest(options: Omit<LoadOptions, 'rate'>): LoadRequest {
  const url = new URL(options.url);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  if (scheme === 'http' && url.protocol !== 'http:')
    throw new TypeError(`${options.url}: only http and https can be fired`);
  const headers = Object.entries({
    host: url.host,
    'user-agent': 'sandbox-load',
    accept: '*/*',
    ...options.headers,
  }).flat();
  return {
    scheme,
    host: url.hostname,
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    request: {
      method: options.method ?? 'GET',
      url: url.pathname + url.search,
      httpVersion: '1.1',
      headers,
      remoteAddress: options.clientIp ?? LOAD_CLIENT_ADDRESS,
    },
  };
}

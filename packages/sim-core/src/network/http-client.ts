import type { Clock } from '../sim/clock.ts';
import type { FetchFailure, FetchOptions, FetchResult } from '../workloads/fetch.ts';
import { type HttpRequest, headerValue } from '../workloads/workload.ts';
import { type Asker, type ClusterDns, lookup } from './dns/dns.ts';
import { bodyOf, type ExchangeResult, exchange } from './exchange.ts';
import type { Network } from './network.ts';

/** Milliseconds of request time that an answer may take unless the request says otherwise. */
const DEFAULT_TIMEOUT = 5000;
const USER_AGENT = 'k8s-ingress-sandbox';
const PORTS: Readonly<Record<string, number>> = Object.freeze({ 'http:': 80, 'https:': 443 });

/**
 * A small fetch over the cluster's network: names resolve as in the asker's pod, Service addresses are translated, and
 * nothing ever leaves the process. TLS inside the cluster carries no bytes: https only means another default port.
 */
export class HttpClient {
  readonly #network: Network;
  readonly #dns: ClusterDns;
  readonly #clock: Clock;

  constructor(parts: { network: Network; dns: ClusterDns; clock: Clock }) {
    this.#network = parts.network;
    this.#dns = parts.dns;
    this.#clock = parts.clock;
  }

  /** IPv4 address of a name as a program of `from` finds it. */
  resolve(from: Asker, name: string): string | undefined {
    return lookup(this.#dns, from, name);
  }

  /**
   * `http://web.shop:8080/path` asked for by `from`. Calls `done` once, before this returns where nothing takes time; what
   * went wrong is a result too.
   */
  fetch(from: Asker, url: URL, options: FetchOptions, done: (result: FetchResult) => void): void {
    const port = Number(url.port || PORTS[url.protocol]);
    const ip = this.resolve(from, url.hostname);
    if (ip === undefined) {
      done(failure('bad address', `bad address '${url.hostname}'`));
      return;
    }
    const timeout = options.timeout ?? DEFAULT_TIMEOUT;
    const dialled = this.#network.dial(ip, port, from.ip);
    if (dialled === 'refused') {
      done(failure('connection refused', `can't connect to ${ip}:${port}: connection refused`));
      return;
    }
    if (dialled === 'timeout') {
      const timedOut = failure('timed out', `can't connect to ${ip}:${port}: connection timed out`);
      this.#clock.afterRequest(timeout, () => done(timedOut));
      return;
    }
    exchange(dialled.workload, buildRequest(from, url, options), this.#clock, timeout, (result) => {
      done(typeof result === 'string' ? exchangeFailure(result, ip, port) : result);
    });
  }
}

function buildRequest(from: Asker, url: URL, { method = 'GET', headers = [], body }: FetchOptions): HttpRequest {
  const all = headerValue(headers, 'host') === undefined ? ['host', url.host, ...headers] : [...headers];
  if (headerValue(headers, 'user-agent') === undefined) all.push('user-agent', USER_AGENT);
  const sent = body === undefined ? undefined : bodyOf(body);
  if (sent !== undefined) all.push(...sent.headers);
  const target = `${url.pathname}${url.search}`;
  return {
    method,
    url: target,
    httpVersion: '1.1',
    headers: all,
    remoteAddress: from.ip,
    ...(sent && { body: sent.body }),
  };
}

function failure(kind: FetchFailure['failure'], message: string): FetchFailure {
  return { failure: kind, message };
}

function exchangeFailure(why: ExchangeResult & string, ip: string, port: number): FetchFailure {
  if (why === 'reset') return failure('connection reset', `${ip}:${port} closed the connection without an answer`);
  return failure('timed out', `${ip}:${port} did not answer in time`);
}

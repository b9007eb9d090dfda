import type { Clock } from '../sim/clock.ts';
import type { FetchFailure, FetchOptions, FetchResult, FetchTarget } from '../workloads/fetch.ts';
import { type HttpRequest, headerValue } from '../workloads/workload.ts';
import { type Asker, type ClusterDns, query } from './dns/dns.ts';
import type { DnsAnswer, DnsType } from './dns/record.ts';
import { Resolver } from './dns/resolver.ts';
import { bodyOf, type ExchangeResult, exchange } from './exchange.ts';
import type { Network } from './network.ts';

/** Milliseconds of request time that an answer may take unless the request says otherwise. */
const DEFAULT_TIMEOUT = 5000;
const USER_AGENT = 'k8s-ingress-sandbox';

/**
 * A small fetch over the cluster's network: names resolve as in the asker's pod, Service addresses are translated, and
 * nothing ever leaves the process. TLS inside the cluster carries no bytes: https only means another default port.
 */
export class HttpClient {
  readonly #network: Network;
  readonly #dns: ClusterDns;
  readonly #resolver: Resolver;
  readonly #clock: Clock;

  constructor(parts: { network: Network; dns: ClusterDns; clock: Clock }) {
    this.#network = parts.network;
    this.#dns = parts.dns;
    this.#resolver = new Resolver(parts.dns);
    this.#clock = parts.clock;
  }

  /** What the cluster's name server says to an absolute name. */
  query(name: string, type: DnsType): DnsAnswer {
    return query(this.#dns, name, type);
  }

  /** IPv4 address of a name as a program of `from` finds it. */
  resolve(from: Asker, name: string): string | undefined {
    return this.#resolver.lookup(from, name);
  }

  /**
   * `http://web.shop:8080/path` asked for by `from`. Calls `done` once, before this returns where nothing takes time; what
   * went wrong is a result too.
   */
  fetch(from: Asker, target: FetchTarget, options: FetchOptions, done: (result: FetchResult) => void): void {
    const { hostname, port } = target;
    const ip = this.resolve(from, hostname);
    if (ip === undefined) {
      done(failure('bad address', `bad address '${hostname}'`));
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
      this.#clock.afterRequest(options.connectTimeout ?? timeout, () => done({ ...timedOut, connecting: true }));
      return;
    }
    exchange(dialled.workload, buildRequest(from, target, options), this.#clock, timeout, (result) => {
      done(typeof result === 'string' ? exchangeFailure(result, ip, port) : result);
    });
  }
}

function buildRequest(from: Asker, target: FetchTarget, options: FetchOptions): HttpRequest {
  const { method = 'GET', headers = [], body } = options;
  const all = headerValue(headers, 'host') === undefined ? ['host', target.host, ...headers] : [...headers];
  if (headerValue(headers, 'user-agent') === undefined) all.push('user-agent', USER_AGENT);
  const sent = body === undefined ? undefined : bodyOf(body);
  if (sent !== undefined) all.push(...sent.headers);
  const request = { method, url: target.path, httpVersion: '1.1', headers: all, remoteAddress: from.ip };
  return sent === undefined ? request : { ...request, body: sent.body, text: sent.text };
}

function failure(kind: FetchFailure['failure'], message: string): FetchFailure {
  return { failure: kind, message };
}

function exchangeFailure(why: ExchangeResult & string, ip: string, port: number): FetchFailure {
  if (why === 'reset') return failure('connection reset', `${ip}:${port} closed the connection without an answer`);
  return failure('timed out', `${ip}:${port} did not answer in time`);
}

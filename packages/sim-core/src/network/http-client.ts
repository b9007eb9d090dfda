import type { Clock } from '../sim/clock.ts';
import {
  type FetchFailure,
  type FetchOptions,
  type FetchResult,
  type FetchTarget,
  USER_AGENT,
} from '../workloads/fetch.ts';
import { type HttpRequest, headerValue } from '../workloads/workload.ts';
import { type Asker, type ClusterDns, query } from './dns/dns.ts';
import type { DnsAnswer, DnsType } from './dns/record.ts';
import { Resolver } from './dns/resolver.ts';
import { ask, bodyOf, type CollectedResponse, type ExchangeResult } from './exchange.ts';
import type { Network } from './network.ts';

/** Milliseconds of request time that an answer may take unless the request says otherwise. */
const DEFAULT_TIMEOUT = 5000;

/**
 * A small fetch over the cluster's network: names resolve as in the asker's pod, Service addresses are translated, and
 * nothing ever leaves the process. TLS inside the cluster carries no bytes, and no certificate is looked at; whoever speaks
 * plain HTTP cannot be asked by https.
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
    const dialled = this.#network.dial(ip, port, from.ip);
    if (dialled === 'refused')
      done(failure('connection refused', `can't connect to ${ip}:${port}: connection refused`));
    else if (dialled === 'timeout') this.#waitInVain(ip, port, options, done);
    else {
      const response = ask(dialled.workload, buildRequest(from, target, options));
      if (response.result === undefined) this.#wait(response, { ip, port }, options, done);
      else done(resultOf(response.result, ip, port));
    }
  }

  #waitInVain(ip: string, port: number, options: FetchOptions, done: (result: FetchResult) => void): void {
    const timedOut = failure('timed out', `can't connect to ${ip}:${port}: connection timed out`);
    const { timeout = DEFAULT_TIMEOUT, connectTimeout = timeout } = options;
    this.#clock.afterRequest(connectTimeout, () => done({ ...timedOut, connecting: true }));
  }

  #wait(
    response: CollectedResponse,
    { ip, port }: { ip: string; port: number },
    { timeout = DEFAULT_TIMEOUT }: FetchOptions,
    done: (result: FetchResult) => void,
  ): void {
    response.wait(timeout, this.#clock, (late) => done(resultOf(late, ip, port)));
  }
}

function resultOf(result: ExchangeResult, ip: string, port: number): FetchResult {
  return typeof result === 'string' ? exchangeFailure(result, ip, port) : result;
}

function buildRequest(from: Asker, target: FetchTarget, { method = 'GET', headers, body }: FetchOptions): HttpRequest {
  const complete = completeHeaders(target, headers ?? NO_HEADERS);
  const remoteAddress = from.ip;
  const { tls } = target;
  if (body === undefined)
    return { method, url: target.path, httpVersion: '1.1', headers: complete, remoteAddress, body: undefined, tls };
  const sent = bodyOf(body);
  const withBody = [...complete, ...sent.headers];
  return {
    method,
    url: target.path,
    httpVersion: '1.1',
    headers: withBody,
    remoteAddress,
    body: sent.body,
    text: sent.text,
    tls,
  };
}

const NO_HEADERS: readonly string[] = Object.freeze([]);

/** With Host and User-Agent; the given list itself where it has both. */
function completeHeaders(target: FetchTarget, headers: readonly string[]): readonly string[] {
  const hasHost = headerValue(headers, 'host') !== undefined;
  const hasAgent = headerValue(headers, 'user-agent') !== undefined;
  if (hasHost && hasAgent) return headers;
  const all = hasHost ? [...headers] : ['host', target.host, ...headers];
  if (!hasAgent) all.push('user-agent', USER_AGENT);
  return all;
}

function failure(kind: FetchFailure['failure'], message: string): FetchFailure {
  return { failure: kind, message };
}

function exchangeFailure(why: ExchangeResult & string, ip: string, port: number): FetchFailure {
  if (why === 'no-tls') return failure('no tls', `${ip}:${port} speaks plain HTTP, not TLS`);
  if (why === 'reset') return failure('connection reset', `${ip}:${port} closed the connection without an answer`);
  return failure('timed out', `${ip}:${port} did not answer in time`);
}

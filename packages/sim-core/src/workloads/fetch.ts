import { intern } from './intern.ts';
import type { TlsSession } from './workload.ts';

/** Where a request goes: a URL taken apart once, since programs ask the same ones again and again. */
export interface FetchTarget {
  readonly hostname: string;
  readonly port: number;
  /** Value of the Host header. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** Set for https: the name that the handshake asks for. */
  readonly tls?: TlsSession;
}

/** Takes an http or https URL apart. */
export function fetchTarget({ hostname, port, host, protocol, pathname, search }: URL): FetchTarget {
  const ownPort = protocol === 'https:' ? 443 : 80;
  const target = {
    hostname: intern(hostname),
    port: port === '' ? ownPort : Number(port),
    host,
    path: `${pathname}${search}`,
  };
  return protocol === 'https:' ? { ...target, tls: { serverName: hostname } } : target;
}

/** What programs of the cluster are called that name no User-Agent. */
export const USER_AGENT = 'k8s-ingress-sandbox';

/** What a request may carry beyond its URL. */
export interface FetchOptions {
  method?: string;
  /** Flat: name, value, name, value … Host and User-Agent are filled in when missing. */
  headers?: readonly string[];
  body?: string;
  /** Milliseconds of request time until it is given up; 5 s when absent. */
  timeout?: number;
  /** Milliseconds of request time until a connection that nobody answers is given up; `timeout` when absent. */
  connectTimeout?: number;
}

/** An answer with its whole body as text. */
export interface FetchAnswer {
  readonly status: number;
  /** Flat, as they were sent. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Why no answer came: the name is unknown, nobody listens, nobody answers, the connection broke, or TLS is not spoken there. */
export interface FetchFailure {
  readonly failure: 'bad address' | 'connection refused' | 'timed out' | 'connection reset' | 'no tls';
  /** For people: what was tried, and what came of it. */
  readonly message: string;
  /** The time was over before there was a connection. */
  readonly connecting?: boolean;
}

export type FetchResult = FetchAnswer | FetchFailure;

/**
 * Sends a request over the cluster's network and calls `done` once; what went wrong is a result too. Where nothing takes
 * time, `done` has been called when this returns, so that whole chains of calls are done within one instant.
 */
export type Fetch = (target: FetchTarget, options: FetchOptions, done: (result: FetchResult) => void) => void;

export function isFailure(result: FetchResult): result is FetchFailure {
  return 'failure' in result;
}

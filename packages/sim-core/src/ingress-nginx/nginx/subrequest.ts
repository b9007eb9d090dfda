import { type ExchangeResult, exchange } from '../../network/exchange.ts';
import type { RequestContext } from './request-context.ts';

/** A request that nginx sends on its own behalf, to a URL of an annotation. */
export interface Subrequest {
  readonly method: string;
  readonly url: string;
  /** What is asked for where the URL has no path. */
  readonly path?: string;
  /** Flat, without Host; with Content-Length where there is a body. */
  readonly headers: readonly string[];
  /** Host header instead of the URL's own. */
  readonly host?: string;
  readonly body?: ReadableStream<Uint8Array>;
}

/** Milliseconds until an answer must be there (proxy_read_timeout). */
const TIMEOUT = 60_000;

/** Sends it over the cluster's network, never outside; `done` is called once, perhaps at once. */
export function sendSubrequest(
  context: RequestContext,
  subrequest: Subrequest,
  done: (result: ExchangeResult) => void,
): void {
  const { running } = context;
  const target = parseTarget(subrequest.url);
  const address = target === undefined ? undefined : running.resolve(target.hostname);
  const dialled = target === undefined || address === undefined ? 'refused' : running.dial(address, target.port);
  if (target === undefined || dialled === 'refused') done('reset');
  else if (dialled === 'timeout') running.clock.afterRequest(TIMEOUT, () => done('timeout'));
  else {
    const { method, body } = subrequest;
    const headers = ['Host', subrequest.host ?? target.host, ...subrequest.headers];
    const request = {
      method,
      url: target.path || (subrequest.path ?? '/'),
      httpVersion: '1.1',
      headers,
      remoteAddress: running.podIp,
      ...(target.isTls && { tls: { serverName: target.hostname } }),
    };
    exchange(dialled.workload, body === undefined ? request : { ...request, body }, running.clock, TIMEOUT, done);
  }
}

interface Target {
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  readonly path: string;
  readonly isTls: boolean;
}

function parseTarget(url: string): Target | undefined {
  const [, scheme = '', host = '', hostname = '', port, path = ''] =
    /^(https?):\/\/(([^/?#:[\]]+|\[[^\]]+\])(?::(\d+))?)(\/[^#]*)?/.exec(url) ?? [];
  if (hostname === '') return undefined;
  return {
    host,
    hostname: hostname.toLowerCase(),
    port: Number(port ?? (scheme === 'https' ? 443 : 80)),
    path,
    isTls: scheme === 'https',
  };
}

import type { ProxiedRequest, ProxyTransport } from '../kube-apiserver/proxy-transport.ts';
import { bodyOf, type ExchangeResult, exchange } from '../network/exchange.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import { API_SERVER_IP } from './nodes.ts';

/** Milliseconds of request time after which a pod counts as silent. */
const PATIENCE = 30_000;
/** What Go says of plain bytes where a handshake was expected. */
const NO_TLS = 'tls: first record does not look like a TLS handshake';
/** Headers of an answer that speak of one connection only. */
const OF_THE_CONNECTION: readonly string[] = Object.freeze(['connection', 'transfer-encoding', 'keep-alive']);

/** The API server's way to pods: over the cluster's network, as everybody's. */
export function createProxyTransport({ network, clock }: { network: Network; clock: Clock }): ProxyTransport {
  return (ip, port, request) =>
    new Promise((resolve) => {
      const dialled = network.dial(ip, port, API_SERVER_IP);
      const failure = (why: string) => resolve({ failure: `dial tcp ${ip}:${port}: ${why}` });
      if (dialled === 'refused') return failure('connect: connection refused');
      if (dialled === 'timeout') return failure('i/o timeout');
      const sent = requestOf(request);
      exchange(dialled.workload, sent, clock, PATIENCE, (result) => resolve(answerOf(result)));
    });
}

function requestOf({ method, url, headers, body, isTls }: ProxiedRequest) {
  const tls = isTls ? { serverName: '' } : undefined;
  const sent = { method, url, httpVersion: '1.1', remoteAddress: API_SERVER_IP, tls };
  if (body.length === 0) return { ...sent, headers, body: undefined };
  const content = bodyOf(new TextDecoder().decode(body));
  return { ...sent, headers: [...headers, ...content.headers], body: content.body, text: content.text };
}

function answerOf(result: ExchangeResult) {
  if (result === 'timeout') return { failure: 'context deadline exceeded' };
  if (typeof result === 'string') return { failure: result === 'no-tls' ? NO_TLS : 'EOF' };
  const headers: Record<string, string> = {};
  for (let i = 0; i < result.headers.length; i += 2) {
    const name = (result.headers[i] as string).toLowerCase();
    if (OF_THE_CONNECTION.includes(name)) continue;
    const value = result.headers[i + 1] as string;
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: result.status, headers, body: result.body };
}

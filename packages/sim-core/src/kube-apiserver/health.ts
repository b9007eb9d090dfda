import type { ApiResponse } from './http/message.ts';
import { text } from './http/responses.ts';

/** What a real server asks first of itself; it has more that belong to its own machinery. */
const CHECKS: readonly string[] = Object.freeze(['ping', 'log', 'etcd']);

/**
 * `/healthz`, `/livez` and `/readyz`, with `?verbose` each check (k8s.io/apiserver/pkg/server/healthz/healthz.go,
 * handleRootHealth).
 */
export function health(name: string, query: URLSearchParams): ApiResponse {
  if (!query.has('verbose')) return text(200, 'ok');
  return text(200, `${CHECKS.map((check) => `[+]${check} ok\n`).join('')}${name} check passed\n`);
}

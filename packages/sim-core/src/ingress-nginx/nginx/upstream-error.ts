import type { Reason } from './answer.ts';
import type { Endpoint } from './configuration.ts';
import type { BackendProtocol } from './directives.ts';
import { logError } from './error-log.ts';
import type { RequestContext } from './request-context.ts';
import { protocolOf } from './upstream-protocol.ts';

const READING = 'while reading response header from upstream';

/** What nginx says of a try that came to nothing (ngx_http_upstream.c); what is not here has no line. */
const WORDS: Partial<Readonly<Record<Reason, string>>> = Object.freeze({
  refused: 'connect() failed (111: Connection refused) while connecting to upstream',
  'connect-timeout': 'upstream timed out (110: Operation timed out) while connecting to upstream',
  'read-timeout': `upstream timed out (110: Operation timed out) ${READING}`,
  'head-too-large': `upstream sent too big header ${READING}`,
  reset: `upstream prematurely closed connection ${READING}`,
});

const SCHEMES: Readonly<Record<BackendProtocol, string>> = Object.freeze({
  HTTP: 'http',
  HTTPS: 'https',
  AUTO_HTTP: 'http',
  GRPC: 'grpc',
  GRPCS: 'grpcs',
  FCGI: 'fastcgi',
});

/** Writes into the error log why a pod did not answer. @param message where the reason alone does not tell */
export function logUpstreamError(context: RequestContext, reason: Reason, message = WORDS[reason]): void {
  if (message === undefined) return;
  context.upstreamError = message;
  const { address, port } = context.endpoint as Endpoint;
  const scheme = SCHEMES[protocolOf(context)];
  const path = scheme === 'fastcgi' ? '' : (context.upstreamUri ?? context.request.url);
  logError(context, 'error', message, `${scheme}://${address}:${port}${path}`);
}

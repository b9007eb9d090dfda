import type { HttpRequest, TlsSession, Workload } from '../../../workloads/workload.ts';
import type { Answer, Reason } from '../answer.ts';
import type { LocationDirectives, NextUpstream } from '../directives.ts';
import { takesErrorBackend } from '../error-backend.ts';
import { fastcgiRequest } from '../fastcgi-request.ts';
import { grpcRequest } from '../grpc-request.ts';
import { proxyHeaders } from '../proxy-headers.ts';
import { bodyOf } from '../request-body.ts';
import type { RequestContext } from '../request-context.ts';
import { logUpstreamError } from '../upstream-error.ts';
import { type Tries, UpstreamExchange } from '../upstream-exchange.ts';
import { misunderstanding, protocolOf, sessionWith } from '../upstream-protocol.ts';
import { log } from './log.ts';
import { sendAnswer } from './send-answer.ts';

/** Most tries with proxy_next_upstream_tries 0: a pod that refuses at once must not be asked for ever. */
const MOST_TRIES = 100;

/** Methods that are not sent twice once a pod may have begun with them, unless `non_idempotent` is listed. */
const NON_IDEMPOTENT: ReadonlySet<string> = new Set(['POST', 'LOCK', 'PATCH']);

const TRIES: Tries = Object.freeze({
  isTriedAgain,
  tryAgain,
  isIntercepted,
  intercept,
  tryFailed,
  answer,
  watchClient,
});

/** Hands the request to a pod (ngx_http_proxy_module), and to the next one where that fails and may be tried again. */
export function proxyPass(context: RequestContext): void {
  const balancer = context.balancer as NonNullable<RequestContext['balancer']>;
  const { running } = context;
  const endpoint = balancer.balance(context);
  context.endpoint = endpoint;
  context.tries++;
  context.triedAt = context.tries === 1 ? context.startedAt : running.clock.requestNow();
  const dialled = running.dial(endpoint.address, endpoint.port);
  if (dialled === 'timeout') waitInVain(context);
  else if (dialled === 'refused') tryFailed(context, 'refused', false);
  else meet(context, dialled.workload);
}

/** Somebody listens: the handshake where TLS is spoken, and the request where both mean the same protocol. */
function meet(context: RequestContext, workload: Workload): void {
  const protocol = protocolOf(context);
  const wrong = protocol === 'HTTP' ? undefined : misunderstanding(context, protocol, workload);
  if (wrong !== undefined) tryFailed(context, wrong.reason, !wrong.reason.startsWith('tls'), wrong.message);
  else if (protocol === 'FCGI') fastcgiPass(context, workload);
  else if (protocol.startsWith('GRPC')) grpcPass(context, workload);
  else if (workload.http === undefined) tryFailed(context, 'reset', true);
  else dispatch(context, workload, sessionWith(context, protocol));
}

function dispatch(context: RequestContext, workload: Workload, tls: TlsSession | undefined): void {
  const { request, running } = context;
  const exchange = new UpstreamExchange(context, TRIES);
  context.exchange = exchange;
  const passed: HttpRequest = {
    method: request.method,
    url: context.upstreamUri ?? request.url,
    httpVersion: directivesOf(context).proxyHttpVersion,
    headers: proxyHeaders(context),
    remoteAddress: running.podIp,
    body: bodyOf(context)?.stream(),
    tls,
  };
  const upgrades = context.takeOver !== undefined && context.upgrade !== '' && workload.upgrade !== undefined;
  if (upgrades) upgrade(workload, passed, exchange);
  else workload.http?.(passed, exchange);
  exchange.dispatched();
}

/** ngx_http_grpc_module */
function grpcPass(context: RequestContext, workload: Workload): void {
  const exchange = new UpstreamExchange(context, TRIES);
  context.exchange = exchange;
  workload.grpc?.(grpcRequest(context, sessionWith(context, protocolOf(context))), exchange);
  exchange.dispatched();
}

/** ngx_http_fastcgi_module */
function fastcgiPass(context: RequestContext, workload: Workload): void {
  const exchange = new UpstreamExchange(context, TRIES);
  context.exchange = exchange;
  workload.fastcgi?.(fastcgiRequest(context), exchange);
  exchange.dispatched();
}

function upgrade(workload: Workload, passed: HttpRequest, exchange: UpstreamExchange): void {
  workload.upgrade?.(passed, exchange, () => exchange.takeOver());
}

/** Nobody answers the dial: proxy_connect_timeout passes. */
function waitInVain(context: RequestContext): void {
  const { running } = context;
  watchClient(context);
  context.cancelTimer = running.clock.afterRequest(directivesOf(context).proxyConnectTimeout, () =>
    tryFailed(context, 'connect-timeout', false),
  );
}

/**
 * A try came to nothing: the next pod, or the error page (ngx_http_upstream_next).
 * @param sent whether the pod may have begun with the request
 * @param message what the error log says, where the failure alone does not tell
 */
function tryFailed(context: RequestContext, failure: Reason, sent: boolean, message?: string): void {
  if (context.finished) return;
  logUpstreamError(context, failure, message);
  const status = failure === 'connect-timeout' || failure === 'read-timeout' ? 504 : 502;
  noteAttempt(context, status, failure);
  if (isListed(directivesOf(context).proxyNextUpstream, failure) && mayTryAgain(context, sent)) proxyPass(context);
  else answer(context, { status, reason: failure });
}

/** No pod's answer: the error page, or the error backend's. */
function answer(context: RequestContext, own: Answer): void {
  if (takesErrorBackend(context, own.status, false)) proxyPass(context);
  else sendAnswer(context, own);
}

function isListed({ error, timeout, invalidHeader }: NextUpstream, failure: Reason): boolean {
  if (failure === 'head-too-large' || failure.startsWith('no-')) return invalidHeader;
  return failure === 'connect-timeout' || failure === 'read-timeout' ? timeout : error;
}

/** Whether an answer with this status is thrown away for another try (ngx_http_upstream_test_next). */
function isTriedAgain(context: RequestContext, status: number): boolean {
  const { proxyNextUpstream } = directivesOf(context);
  return (
    proxyNextUpstream.statuses.length > 0 && proxyNextUpstream.statuses.includes(status) && mayTryAgain(context, true)
  );
}

/** Throws a pod's answer away and asks the next. */
function tryAgain(context: RequestContext, status: number): void {
  noteAttempt(context, status, undefined);
  proxyPass(context);
}

/** Whether the error backend answers instead of this pod. */
function isIntercepted(context: RequestContext, status: number): boolean {
  return status >= 300 && takesErrorBackend(context, status, true);
}

/** Throws a pod's answer away and asks the error backend. */
function intercept(context: RequestContext, status: number): void {
  noteAttempt(context, status, undefined);
  proxyPass(context);
}

function mayTryAgain(context: RequestContext, sent: boolean): boolean {
  const { proxyNextUpstream, proxyNextUpstreamTries, proxyNextUpstreamTimeout } = directivesOf(context);
  if (context.errorCode !== 0) return false;
  if (context.tries >= (proxyNextUpstreamTries === 0 ? MOST_TRIES : proxyNextUpstreamTries)) return false;
  if (sent && NON_IDEMPOTENT.has(context.request.method) && !proxyNextUpstream.nonIdempotent) {
    if (!context.running.http.retryNonIdempotent) return false;
  }
  if (sent && !isReplayable(context)) return false;
  if (proxyNextUpstreamTimeout === 0) return true;
  return context.running.clock.requestNow() - context.startedAt < proxyNextUpstreamTimeout;
}

/** A body that streamed cannot be sent again; nginx does not even try (ngx_http_upstream_next, request_body_no_buffering). */
function isReplayable(context: RequestContext): boolean {
  return context.body === undefined || (context.body.replayable && directivesOf(context).proxyRequestBuffering);
}

function noteAttempt(context: RequestContext, status: number, failure: Reason | undefined): void {
  const endpoint = context.endpoint as NonNullable<RequestContext['endpoint']>;
  const time = context.running.clock.requestNow() - context.triedAt;
  context.upstreamStatus = status;
  context.upstreamTime = time;
  context.balancer?.ended(endpoint, time, context.running.clock.requestNow());
  context.attempts ??= [];
  context.attempts.push({ endpoint: `${endpoint.address}:${endpoint.port}`, pod: endpoint.pod, status, time, failure });
}

/** Notices a client that goes away while a pod is at work; nginx logs 499. Asked only of requests that take time. */
function watchClient(context: RequestContext): void {
  if (context.watched) return;
  context.watched = true;
  context.response.onClose(() => {
    if (context.finished) return;
    context.cancelTimer?.();
    context.exchange?.clientGone();
    context.limited?.stop();
    if (context.status === 0) context.status = 499;
    context.reason = 'client-closed';
    log(context);
  });
}

function directivesOf(context: RequestContext): LocationDirectives {
  return (context.location as NonNullable<RequestContext['location']>).location.directives;
}

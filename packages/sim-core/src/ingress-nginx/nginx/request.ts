import { type Answer, INTERNAL_ERROR } from './answer.ts';
import { takesErrorBackend } from './error-backend.ts';
import { access } from './phases/access.ts';
import { chooseUpstream } from './phases/choose-upstream.ts';
import { findLocation } from './phases/find-location.ts';
import { findServer } from './phases/find-server.ts';
import { limit } from './phases/limit.ts';
import { mirror } from './phases/mirror.ts';
import { proxyPass } from './phases/proxy-pass.ts';
import { readBody } from './phases/read-body.ts';
import { readHead } from './phases/read-head.ts';
import { rewrite } from './phases/rewrite.ts';
import { sendAnswer } from './phases/send-answer.ts';
import { serverRewrite } from './phases/server-rewrite.ts';
import { sslRedirect } from './phases/ssl-redirect.ts';
import { verifyClient } from './phases/verify-client.ts';
import type { RequestContext } from './request-context.ts';

/** One step of a request: reads what earlier ones found, fills in its own field, or ends the request with an answer. */
export type Phase = (context: RequestContext) => Answer | undefined | Promise<Answer | undefined>;

/**
 * The path of a request, in order. What comes first wins: a denied location is 503 before any redirect to https, and a
 * redirect comes before the 503 of an upstream without endpoints. Not frozen: V8 reads frozen lists by its general, slow way.
 */
const PHASES: readonly Phase[] = [
  readHead, //        ngx_http_request.c          400; host, URI, forwarded headers
  findServer, //      ngx_http_core_module        server_name
  verifyClient, //    ngx_http_request.c          495, 496 sent as 400; 421
  serverRewrite, //   ngx_http_rewrite_module     app-root 302, www 308
  findLocation, //    ngx_http_core_module        location, client_max_body_size 413, missing slash 301
  rewrite, //         ngx_http_rewrite_module     return 503 when denied, CORS preflight 204, return, rewrite-target
  sslRedirect, //     lua_ingress.rewrite         308
  chooseUpstream, //  balancer.rewrite            503; canary by header, cookie, weight
  limit, //           limit_req, limit_conn       503
  access, //          access, auth_basic, _request 403, 401
  readBody, //        ngx_http_request_body.c     413 for a body whose length was not announced
  mirror, //          ngx_http_mirror_module      a copy to somewhere else
];

/** Walks the phases, then hands the request to a pod. Synchronous until a phase returns a promise. */
export function run(context: RequestContext, from = 0): void {
  for (let i = from; i < PHASES.length; i++) {
    const outcome = (PHASES[i] as Phase)(context);
    if (outcome === undefined) continue;
    if (outcome instanceof Promise) wait(context, outcome, i + 1);
    else conclude(context, outcome);
    return;
  }
  proxyPass(context);
}

/** In a function of its own: what a closure holds is made anew in every round of a loop, whether the closure is made or not. */
function wait(context: RequestContext, outcome: Promise<Answer | undefined>, next: number): void {
  outcome.then((answer) => resume(context, answer, next)).catch(() => sendAnswer(context, INTERNAL_ERROR));
}

/** Sends the answer, or asks the error backend for one. */
function conclude(context: RequestContext, answer: Answer): void {
  if (takesErrorBackend(context, answer.status, false)) proxyPass(context);
  else sendAnswer(context, answer);
}

function resume(context: RequestContext, answer: Answer | undefined, next: number): void {
  if (context.finished) return;
  if (answer === undefined) run(context, next);
  else conclude(context, answer);
}

/** Walks the phases for a hypothetical request up to the first promise; the answer that ends it, if one does. */
export function walk(context: RequestContext): Answer | undefined {
  for (const phase of PHASES) {
    const outcome = phase(context);
    if (outcome instanceof Promise) return undefined;
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

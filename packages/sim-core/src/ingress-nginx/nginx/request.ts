import { type Answer, INTERNAL_ERROR } from './answer.ts';
import { chooseUpstream } from './phases/choose-upstream.ts';
import { findLocation } from './phases/find-location.ts';
import { findServer } from './phases/find-server.ts';
import { proxyPass } from './phases/proxy-pass.ts';
import { readBody } from './phases/read-body.ts';
import { readHead } from './phases/read-head.ts';
import { rewrite } from './phases/rewrite.ts';
import { sendAnswer } from './phases/send-answer.ts';
import { sslRedirect } from './phases/ssl-redirect.ts';
import type { RequestContext } from './request-context.ts';

/** One step of a request: reads what earlier ones found, fills in its own field, or ends the request with an answer. */
export type Phase = (context: RequestContext) => Answer | undefined | Promise<Answer | undefined>;

/**
 * The path of a request, in order. What comes first wins: a denied location is 503 before any redirect to https, and a
 * redirect comes before the 503 of an upstream without endpoints.
 */
export const PHASES: readonly Phase[] = Object.freeze([
  readHead, //        ngx_http_request.c          400; host, URI, forwarded headers
  findServer, //      ngx_http_core_module        server_name
  findLocation, //    ngx_http_core_module        location, client_max_body_size 413, missing slash 301
  rewrite, //         ngx_http_rewrite_module     return
  sslRedirect, //     lua_ingress.rewrite         308
  chooseUpstream, //  balancer.rewrite            503; canary by header, cookie, weight
  readBody, //        ngx_http_request_body.c     413 for a body whose length was not announced
]);

/** Walks the phases, then hands the request to a pod. Synchronous until a phase returns a promise. */
export function run(context: RequestContext, from = 0): void {
  for (let i = from; i < PHASES.length; i++) {
    const outcome = (PHASES[i] as Phase)(context);
    if (outcome === undefined) continue;
    if (outcome instanceof Promise) {
      outcome.then((answer) => resume(context, answer, i + 1)).catch(() => sendAnswer(context, INTERNAL_ERROR));
      return;
    }
    sendAnswer(context, outcome);
    return;
  }
  proxyPass(context);
}

function resume(context: RequestContext, answer: Answer | undefined, next: number): void {
  if (context.finished) return;
  if (answer === undefined) run(context, next);
  else sendAnswer(context, answer);
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

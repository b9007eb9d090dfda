import type { ExchangeResult } from '../../../network/exchange.ts';
import { headerValue } from '../../../workloads/workload.ts';
import { type Answer, INTERNAL_ERROR } from '../answer.ts';
import { CLIENT_HEADERS, pushClientHeaders } from '../client-verify.ts';
import type { CompiledLocation } from '../compile.ts';
import type { CompiledAuthRequest } from '../compile-access.ts';
import {
  HEADER_HOST,
  HEADER_INVALID,
  HEADER_REPLACED,
  HEADER_TRANSFER_ENCODING,
  HEADER_UPGRADE,
} from '../header-names.ts';
import type { CachedAnswer } from '../proxy-cache.ts';
import { forwardedFor } from '../proxy-headers.ts';
import type { RequestContext } from '../request-context.ts';
import { sendSubrequest } from '../subrequest.ts';
import { httpVariable } from '../variables.ts';
import { signinAnswer } from './signin.ts';

/**
 * Asks another service whether the request may go on (ngx_http_auth_request_module): 2xx lets it, 401 and 403 are passed on,
 * anything else is our 500. Who is not signed in is sent where they can, if the location says where. What the service
 * said may be remembered (proxy_cache).
 */
export function authRequest(
  context: RequestContext,
  auth: CompiledAuthRequest,
): Answer | undefined | Promise<Answer | undefined> {
  const { authCache, names, clock } = context.running;
  const headers = headersOf(context, auth);
  const key = auth.cacheKey?.(context);
  const known = key === undefined ? undefined : authCache.get(key, headers, names, clock.requestNow());
  if (known !== undefined) return answerOf(context, auth, known);
  const method = auth.method === '' ? 'GET' : auth.method;
  const subrequest = { method, url: auth.url(context), path: auth.path, host: auth.host(context), headers };
  return new Promise((resolve) => {
    sendSubrequest(context, subrequest, (result) => {
      if (key !== undefined && typeof result !== 'string')
        authCache.put(key, result, { headers, names }, auth.cacheValid, clock.requestNow());
      resolve(typeof result === 'string' ? INTERNAL_ERROR : answerOf(context, auth, result));
    });
  });
}

function answerOf(
  context: RequestContext,
  auth: CompiledAuthRequest,
  { status, headers }: CachedAnswer | Exclude<ExchangeResult, string>,
): Answer | undefined {
  // Variables are set whatever the answer is (ngx_http_auth_request_set_variables).
  context.authCookie = upstreamHeader(context, headers, 'set_cookie');
  if (status >= 200 && status < 300) {
    context.authHeaders = auth.responseHeaders.flatMap((name) => [
      name,
      upstreamHeader(context, headers, name.toLowerCase().replaceAll('-', '_')) ?? '',
    ]);
    return undefined;
  }
  if (status !== 401 && status !== 403) return INTERNAL_ERROR;
  const { signin } = context.location as CompiledLocation;
  if (status === 401 && signin !== undefined) return signinAnswer(context, signin);
  const challenge = status === 401 ? headerValue(headers, 'www-authenticate') : undefined;
  const more = challenge === undefined ? [] : ['WWW-Authenticate', challenge];
  return { status, reason: 'auth-request', headers: more };
}

/** `$upstream_http_<name>`: several headers of one name are joined by commas, cookies too. */
function upstreamHeader({ running }: RequestContext, headers: readonly string[], variable: string): string | undefined {
  return httpVariable(headers, variable, running.responseNames);
}

/** The client's headers without what speaks of its body, and what the template sets. */
function headersOf(context: RequestContext, auth: CompiledAuthRequest): string[] {
  const { request, running, scheme, httpHost, remoteAddr } = context;
  if (context.requestId === '' && running.http.generateRequestId) context.requestId = running.newRequestId();
  const own = [
    ...['Connection', 'close', 'X-Request-ID', context.requestId],
    ...['X-Original-URL', `${scheme}://${httpHost}${request.url}`],
    ...['X-Original-Method', request.method],
    ...['X-Sent-From', 'nginx-ingress-controller'],
    ...['X-Real-IP', remoteAddr, 'X-Forwarded-For', forwardedFor(context)],
    ...['X-Auth-Request-Redirect', auth.requestRedirect === '' ? request.url : auth.requestRedirect],
    ...(auth.method === '' ? [] : ['X-Original-URI', request.url, 'X-Scheme', context.accessScheme]),
  ];
  const { clientHeaders } = context.location as CompiledLocation;
  if (clientHeaders !== 'no') pushClientHeaders(context, own, clientHeaders === 'certificate');
  for (const [name, value] of auth.proxySetHeaders) {
    const worked = value(context);
    if (worked !== '') own.push(name, worked);
  }
  for (let i = 0; i < request.headers.length; i += 2) {
    const { code, lower } = running.names.of(request.headers[i] as string);
    const isOwn =
      code === HEADER_HOST || code === HEADER_REPLACED || code >= HEADER_UPGRADE || auth.replacedHeaders.has(lower);
    if (code === HEADER_INVALID || code === HEADER_TRANSFER_ENCODING || isOwn) continue;
    if (clientHeaders !== 'no' && CLIENT_HEADERS.includes(lower)) continue;
    own.push(request.headers[i] as string, request.headers[i + 1] as string);
  }
  return own;
}

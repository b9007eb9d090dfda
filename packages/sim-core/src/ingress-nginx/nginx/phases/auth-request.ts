import type { ExchangeResult } from '../../../network/exchange.ts';
import { headerValue } from '../../../workloads/workload.ts';
import { type Answer, INTERNAL_ERROR } from '../answer.ts';
import type { CompiledAuthRequest, CompiledLocation } from '../compile.ts';
import {
  HEADER_HOST,
  HEADER_INVALID,
  HEADER_REPLACED,
  HEADER_TRANSFER_ENCODING,
  HEADER_UPGRADE,
} from '../header-names.ts';
import type { RequestContext } from '../request-context.ts';
import { sendSubrequest } from '../subrequest.ts';

/**
 * Asks another service whether the request may go on (ngx_http_auth_request_module): 2xx lets it, 401 and 403 are passed on,
 * anything else is our 500. Who is not signed in is sent where they can, if the location says where.
 */
export function authRequest(context: RequestContext, auth: CompiledAuthRequest): Promise<Answer | undefined> {
  const method = auth.method === '' ? 'GET' : auth.method;
  const subrequest = { method, url: auth.url(context), headers: headersOf(context) };
  return new Promise((resolve) => {
    sendSubrequest(context, subrequest, (result) => resolve(answerOf(context, auth, result)));
  });
}

function answerOf(context: RequestContext, auth: CompiledAuthRequest, result: ExchangeResult): Answer | undefined {
  if (typeof result === 'string') return INTERNAL_ERROR;
  const { status, headers } = result;
  if (status >= 200 && status < 300) {
    context.authHeaders = auth.responseHeaders.flatMap((name) => [
      name,
      headerValue(headers, name.toLowerCase()) ?? '',
    ]);
    context.authCookie = headerValue(headers, 'set-cookie');
    return undefined;
  }
  if (status !== 401 && status !== 403) return INTERNAL_ERROR;
  const { signin } = context.location as CompiledLocation;
  if (status === 401 && signin !== undefined) return { status: 302, location: signin(context), reason: 'signin' };
  const challenge = status === 401 ? headerValue(headers, 'www-authenticate') : undefined;
  const more = challenge === undefined ? [] : ['WWW-Authenticate', challenge];
  return { status, reason: 'auth-request', headers: more };
}

/** The client's headers without what speaks of its body, and what the template sets. */
function headersOf(context: RequestContext): string[] {
  const { request, running, scheme, httpHost, remoteAddr } = context;
  if (context.requestId === '' && running.http.generateRequestId) context.requestId = running.newRequestId();
  const own = [
    ...['X-Request-ID', context.requestId],
    ...['X-Original-URL', `${scheme}://${httpHost}${request.url}`],
    ...['X-Original-Method', request.method],
    ...['X-Sent-From', 'nginx-ingress-controller'],
    ...['X-Real-IP', remoteAddr, 'X-Forwarded-For', remoteAddr],
    ...['X-Auth-Request-Redirect', request.url],
  ];
  for (let i = 0; i < request.headers.length; i += 2) {
    const { code, lower } = running.names.of(request.headers[i] as string);
    const isOwn = code === HEADER_HOST || code === HEADER_REPLACED || code >= HEADER_UPGRADE || LEFT_OUT.has(lower);
    if (code === HEADER_INVALID || code === HEADER_TRANSFER_ENCODING || isOwn) continue;
    own.push(request.headers[i] as string, request.headers[i + 1] as string);
  }
  return own;
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  'content-length',
  'x-original-url',
  'x-original-method',
  'x-sent-from',
  'x-auth-request-redirect',
]);

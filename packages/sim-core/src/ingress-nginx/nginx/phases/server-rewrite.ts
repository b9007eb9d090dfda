import type { Answer } from '../answer.ts';
import type { CompiledServer } from '../compile.ts';
import type { RequestContext } from '../request-context.ts';
import { httpVariable } from '../variables.ts';

/**
 * What a server answers before it looks for a location (ngx_http_rewrite_module in `server`): 403 for browsers
 * and referers that are kept out, the way from `www.` to the
 * name without it or back, clients without the right certificate, and app-root, which sends the root elsewhere whatever its location says.
 */
export function serverRewrite(context: RequestContext): Answer | undefined {
  if (isBlocked(context)) return BLOCKED;
  const { server, clientName, rewrites } = context.server as CompiledServer;
  if (!rewrites) return undefined;
  const { appRoot, redirectTo, clientVerificationError } = server.directives;
  if (clientName !== undefined && !clientName.test(context.request.clientCertificate?.subject ?? '')) return WRONG_NAME;
  if (clientVerificationError !== '') return UNVERIFIABLE;
  if (redirectTo !== '') return redirect(context, redirectTo);
  if (appRoot === '' || context.path !== '/') return undefined;
  const host = context.httpHost === '' ? context.host : context.httpHost;
  return { status: 302, location: `${context.scheme}://${host}${appRoot}`, reason: 'app-root' };
}

/** On plain http too, where nobody has a name (nginx.tmpl). */
const WRONG_NAME: Answer = Object.freeze({
  status: 403,
  reason: 'client-name',
  body: 'client certificate unauthorized',
});
const UNVERIFIABLE: Answer = Object.freeze({ status: 403, reason: 'client-verification-error' });
const BLOCKED: Answer = Object.freeze({ status: 403, reason: 'blocked' });

/** block-user-agents, block-referers (nginx.tmpl). */
function isBlocked({ request, running }: RequestContext): boolean {
  const { blockedAgents, blockedReferers } = running.compiledHttp;
  if (blockedAgents?.(httpVariable(request.headers, 'user_agent', running.names) ?? '') === true) return true;
  return blockedReferers?.(httpVariable(request.headers, 'referer', running.names) ?? '') === true;
}

/** With the port, and without the slash at the end (rootfs/etc/nginx/lua/nginx/ngx_srv_redirect.lua). */
function redirect({ scheme, request, running, forwardedProto, forwardedPort }: RequestContext, host: string): Answer {
  const { useForwardedHeaders, httpRedirectCode } = running.http;
  const seen = useForwardedHeaders && forwardedProto !== '' ? forwardedProto : scheme;
  const own = String(scheme === 'https' ? running.http.httpsPort : running.http.httpPort);
  const port = useForwardedHeaders && forwardedPort !== '' ? forwardedPort : own;
  const uri = request.url.endsWith('/') ? request.url.slice(0, -1) : request.url;
  return { status: httpRedirectCode, location: `${seen}://${host}:${port}${uri}`, reason: 'www-redirect' };
}

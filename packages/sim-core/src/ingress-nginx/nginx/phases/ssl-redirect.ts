import type { Answer } from '../answer.ts';
import { hasCertificateFor } from '../certificate-table.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Works out the scheme, host and port that the pod is told, and sends plain http to https where the location asks for it
 * (rootfs/etc/nginx/lua/lua_ingress.lua, rewrite).
 */
export function sslRedirect(context: RequestContext): Answer | undefined {
  setAccessVariables(context);
  if (context.accessScheme !== 'http') return undefined;
  const location = context.location?.location;
  if (location === undefined) return undefined;
  const { forceSslRedirect, sslRedirect: redirect } = location.directives;
  if (!forceSslRedirect && !redirect) return undefined;
  // By the location's own path, not the request's (template.go, isLocationInLocationList).
  if (isExempt(location.path, context.running.http.noTlsRedirectLocations)) return undefined;
  if (forceSslRedirect) return toHttps(context, 'force-ssl-redirect');
  return hasCertificateFor(context.running.certificates, context.host) ? toHttps(context, 'ssl-redirect') : undefined;
}

function isExempt(path: string, starts: readonly string[]): boolean {
  return starts.some((start) => path.startsWith(start));
}

function setAccessVariables(context: RequestContext): void {
  context.accessScheme = context.scheme;
  context.bestHttpHost = context.httpHost === '' ? context.host : context.httpHost;
  context.passPort = context.scheme === 'https' ? '443' : portText(context.running.http.httpPort);
  if (!context.running.http.useForwardedHeaders) return;
  if (context.forwardedProto !== '') context.accessScheme = context.forwardedProto;
  if (context.forwardedPort !== '') context.passPort = context.forwardedPort;
  if (context.forwardedHost !== '') context.bestHttpHost = (context.forwardedHost.split(',')[0] as string).trim();
}

/** The usual one needs no new string. */
function portText(port: number): string {
  return port === 80 ? '80' : String(port);
}

function toHttps(context: RequestContext, reason: 'ssl-redirect' | 'force-ssl-redirect'): Answer {
  const host = context.bestHttpHost.split(':')[0] as string;
  let uri = context.request.url;
  const keep = context.location?.location.directives.preserveTrailingSlash === true;
  if (!keep && uri.endsWith('/')) uri = uri.slice(0, -1);
  const port =
    context.location?.location.directives.portInRedirect === true ? `:${context.running.http.httpsPort}` : '';
  return { status: context.running.http.httpRedirectCode, location: `https://${host}${port}${uri}`, reason };
}

import type { HttpDirectives } from './directives.ts';
import type { RequestContext } from './request-context.ts';

/**
 * A Location that nginx makes itself: a path gets the scheme and host that nginx sees, unless absolute_redirect is off; the
 * port only with port_in_redirect, where it is not the scheme's own (ngx_http_header_filter; server_name_in_redirect is
 * off). What has a scheme already stays.
 */
export function absoluteUrl({ scheme, host, location, running }: RequestContext, target: string): string {
  const directives = location?.location.directives;
  if (!target.startsWith('/') || directives?.absoluteRedirect === false) return target;
  const port = directives?.portInRedirect === true ? listeningPort(scheme, running.http) : '';
  return `${scheme}://${host}${port}${target}`;
}

/** `:port` of the controller's own listener; '' for the one that the scheme implies. */
function listeningPort(scheme: 'http' | 'https', { httpPort, httpsPort }: HttpDirectives): string {
  if (scheme === 'https') return httpsPort === 443 ? '' : `:${httpsPort}`;
  return httpPort === 80 ? '' : `:${httpPort}`;
}

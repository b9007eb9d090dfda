import { type Answer, BODY_TOO_LARGE } from '../answer.ts';
import type { CompiledLocation, CompiledServer } from '../compile.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * The location for `$uri` (ngx_http_core_find_config_phase): an exact one, else the first regex in order, else the longest
 * prefix. The size of the body is checked here, before anything the location says; then a path that lacks only the
 * slash of a proxied location is sent there with 301.
 */
export function findLocation(context: RequestContext): Answer | undefined {
  const location = search(context, context.server as CompiledServer);
  context.location = location;
  if (location === undefined) return { status: 404, reason: 'return' };
  const limit = location.location.directives.clientMaxBodySize;
  if (limit > 0 && context.contentLength > limit) return BODY_TOO_LARGE;
  return context.wantsSlash ? redirectToSlash(context) : undefined;
}

function search(context: RequestContext, server: CompiledServer): CompiledLocation | undefined {
  const { path } = context;
  const exact = server.exact.get(path);
  if (exact !== undefined) return exact;
  const nearly = server.autoRedirect.get(path);
  if (nearly !== undefined) {
    context.wantsSlash = true;
    return nearly;
  }
  for (const candidate of server.regexes) if (candidate.regex?.test(path) === true) return candidate;
  for (const candidate of server.prefixes) if (path.startsWith(candidate.path)) return candidate;
  return undefined;
}

/** 301 with nginx's own idea of scheme and host, the query kept (server_name_in_redirect and port_in_redirect are off). */
function redirectToSlash(context: RequestContext): Answer {
  const { scheme, host, location, args } = context;
  const query = args === undefined || args === '' ? '' : `?${args}`;
  return {
    status: 301,
    location: `${scheme}://${host}${encodeURI(location?.location.path ?? '/')}${query}`,
    reason: 'auto-redirect',
  };
}

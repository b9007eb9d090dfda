import { absoluteUrl } from '../absolute-url.ts';
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
  return longestPrefix(path, server);
}

/** Looks the folders of the path up from the inside out, so that it costs the depth of the path, not the number of locations. */
function longestPrefix(path: string, { folders, prefixes }: CompiledServer): CompiledLocation | undefined {
  let found: CompiledLocation | undefined;
  for (
    let slash = slashBefore(path, path.length);
    slash >= 0 && found === undefined;
    slash = slashBefore(path, slash)
  ) {
    found = folders.get(slash === path.length - 1 ? path : path.slice(0, slash + 1));
  }
  for (const candidate of prefixes) {
    if (found !== undefined && candidate.path.length < found.path.length) return found;
    if (path.startsWith(candidate.path)) return candidate;
  }
  return found;
}

/** Where the last slash before a place stands; -1 for none. Most paths are short: to leave for lastIndexOf takes longer. */
function slashBefore(path: string, end: number): number {
  let at = end - 1;
  while (at >= 0 && path.charCodeAt(at) !== SLASH) at--;
  return at;
}

const SLASH = 0x2f;

/** 301 with the path of the location, the query kept. */
function redirectToSlash(context: RequestContext): Answer {
  const { location, args } = context;
  const query = args === undefined || args === '' ? '' : `?${args}`;
  return {
    status: 301,
    location: absoluteUrl(context, `${encodeURI(location?.location.path ?? '/')}${query}`),
    reason: 'auto-redirect',
  };
}

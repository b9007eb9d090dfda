import type { CompiledServer, ServerTable } from '../compile.ts';
import { DEFAULT_SERVER } from '../configuration.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * The server whose name fits `$host` (ngx_http_find_virtual_server): exact names first, then the regexes that wildcards
 * and aliases are, then the default server. SNI chooses the certificate only. There is no way back to a wildcard or the
 * default server once a name fits.
 */
export function findServer(context: RequestContext): undefined {
  const { table } = context.running;
  const { host } = context;
  const exact = table.exact.get(host);
  if (exact !== undefined) {
    context.server = exact;
    context.serverMatch = host === DEFAULT_SERVER ? 'default' : 'exact';
    return;
  }
  const wildcard = findWildcard(table, host);
  context.server = wildcard ?? findRegex(table, host) ?? table.fallback;
  context.serverMatch = wildcard !== undefined ? 'wildcard' : context.server === table.fallback ? 'default' : 'regex';
  if (host === '') context.host = DEFAULT_SERVER;
}

/** What the template makes of `*.`: exactly one label of letters, digits, `_` and `-`. */
const LABEL = /^[A-Za-z0-9_-]+$/;

/** The server of a name, if it is not left to the default one. */
export function serverNamed(table: ServerTable, name: string): CompiledServer | undefined {
  const found = table.exact.get(name) ?? findWildcard(table, name) ?? findRegex(table, name);
  return found === table.fallback && name === DEFAULT_SERVER ? undefined : found;
}

function findWildcard({ wildcard }: ServerTable, host: string): CompiledServer | undefined {
  if (wildcard.size === 0) return undefined;
  const dot = host.indexOf('.');
  const server = dot > 0 ? wildcard.get(host.slice(dot + 1)) : undefined;
  return server !== undefined && LABEL.test(host.slice(0, dot)) ? server : undefined;
}

function findRegex({ regexes }: ServerTable, host: string): CompiledServer | undefined {
  for (const { regex, server } of regexes) if (regex.test(host)) return server;
  return undefined;
}

import type { CompiledServer, ServerTable } from '../compile.ts';
import { DEFAULT_SERVER } from '../configuration.ts';
import type { RequestContext } from '../request-context.ts';
import { findByName } from '../server-names.ts';

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
  const named = findByName(table, host);
  context.server = named?.server ?? table.fallback;
  context.serverMatch = context.server === table.fallback ? 'default' : (named?.match ?? 'default');
  if (host === '') context.host = DEFAULT_SERVER;
}

/** The server of a name, if it is not left to the default one. */
export function serverNamed(table: ServerTable, name: string): CompiledServer | undefined {
  const found = findByName(table, name)?.server;
  return found === table.fallback && name === DEFAULT_SERVER ? undefined : found;
}

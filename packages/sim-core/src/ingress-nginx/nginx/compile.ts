import { DEFAULT_SERVER, type Location, type NginxConfiguration, type Server } from './configuration.ts';
import type { LocationMatch } from './decision-record.ts';
import { compilePcre } from './pcre.ts';
import { toBytes } from './uri.ts';

/** A location with what the request path looks up, ready made. */
export interface CompiledLocation {
  readonly location: Location;
  /** Path as bytes. */
  readonly path: string;
  readonly match: LocationMatch;
  readonly regex?: RegExp;
}

/** The locations of a server as nginx searches them (ngx_http_core_find_location). */
export interface CompiledServer {
  readonly server: Server;
  readonly exact: ReadonlyMap<string, CompiledLocation>;
  /** Paths that lack only the final slash of a proxied location: answered 301 (ngx_http_core_module, auto_redirect). */
  readonly autoRedirect: ReadonlyMap<string, CompiledLocation>;
  /** Longest first. */
  readonly prefixes: readonly CompiledLocation[];
  /** In the order of the configuration. */
  readonly regexes: readonly CompiledLocation[];
}

/** Server names as nginx searches them: exact names, then the regexes. */
export interface ServerTable {
  readonly exact: ReadonlyMap<string, CompiledServer>;
  /** By what follows the first label: `*.foo.test` under `foo.test`. */
  readonly wildcard: ReadonlyMap<string, CompiledServer>;
  /** Aliases that begin with `~`, in order. */
  readonly regexes: readonly { readonly regex: RegExp; readonly server: CompiledServer }[];
  readonly fallback: CompiledServer;
}

/** Turns a configuration into lookup tables. @throws Error in nginx's words for one that it would refuse */
export function compileServers(configuration: NginxConfiguration): ServerTable {
  const exact = new Map<string, CompiledServer>();
  const wildcard = new Map<string, CompiledServer>();
  const regexes: { regex: RegExp; server: CompiledServer }[] = [];
  for (const server of configuration.servers) {
    const compiled = compileServer(server);
    for (const name of [server.hostname, ...server.directives.serverAlias])
      addName(name, compiled, { exact, wildcard, regexes });
  }
  const fallback = exact.get(DEFAULT_SERVER);
  if (fallback === undefined) throw new Error('a configuration without default server');
  return { exact, wildcard, regexes, fallback };
}

function addName(
  name: string,
  server: CompiledServer,
  table: {
    exact: Map<string, CompiledServer>;
    wildcard: Map<string, CompiledServer>;
    regexes: { regex: RegExp; server: CompiledServer }[];
  },
): void {
  if (name.startsWith('~')) table.regexes.push({ regex: compilePcre(name.slice(1)), server });
  else if (name.startsWith('*.')) addOnce(table.wildcard, name.slice(2).toLowerCase(), server);
  else addOnce(table.exact, name.toLowerCase(), server);
}

/** nginx keeps the first of two equal names and warns of a conflict. */
function addOnce(names: Map<string, CompiledServer>, name: string, server: CompiledServer): void {
  if (!names.has(name)) names.set(name, server);
}

function compileServer(server: Server): CompiledServer {
  const exact = new Map<string, CompiledLocation>();
  const autoRedirect = new Map<string, CompiledLocation>();
  const prefixes: CompiledLocation[] = [];
  const regexes: CompiledLocation[] = [];
  refuseDuplicates(server.locations);
  for (const location of server.locations) {
    const compiled = compileLocation(location);
    if (compiled.match === 'regex') regexes.push(compiled);
    else if (compiled.match === 'exact') exact.set(compiled.path, compiled);
    else prefixes.push(compiled);
    if (asksForSlash(compiled)) autoRedirect.set(compiled.path.slice(0, -1), compiled);
  }
  prefixes.sort((a, b) => b.path.length - a.path.length);
  return { server, exact, autoRedirect, prefixes, regexes };
}

/** Two exact or two prefix locations of one path make nginx refuse the whole configuration (ngx_http_join_exact_locations). */
function refuseDuplicates(locations: readonly Location[]): void {
  const seen = new Set<string>();
  for (const { modifier, path } of locations) {
    const name = `${modifier} ${path}`;
    if (modifier !== '~*' && seen.has(name)) throw new Error(`nginx: [emerg] duplicate location "${path}"`);
    seen.add(name);
  }
}

const MATCHES: Readonly<Record<Location['modifier'], LocationMatch>> = Object.freeze({
  '=': 'exact',
  '': 'prefix',
  '~*': 'regex',
});

function compileLocation(location: Location): CompiledLocation {
  const match = MATCHES[location.modifier];
  const path = toBytes(location.path);
  if (match !== 'regex') return { location, path, match };
  return { location, path, match, regex: compilePcre(`^${path}`, 'i') };
}

/** Only proxy_pass switches the redirect on; a denied location has none. */
function asksForSlash({ match, path, location }: CompiledLocation): boolean {
  return match !== 'regex' && path.length > 1 && path.endsWith('/') && location.directives.denied === undefined;
}

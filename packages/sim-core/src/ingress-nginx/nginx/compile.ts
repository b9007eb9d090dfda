import type { Regex } from '../../apimachinery/regex/regex.ts';
import { type AnswerRewrites, compileAnswerRewrites } from './answer-rewrites.ts';
import { AddressList } from './cidr.ts';
import { CLIENT_HEADERS } from './client-verify.ts';
import { type CompiledAccess, compileAccess } from './compile-access.ts';
import { namesOf } from './compiled-headers.ts';
import { DEFAULT_SERVER, type Location, type NginxConfiguration, type Server } from './configuration.ts';
import { type CompiledCors, compileCors } from './cors.ts';
import type { LocationMatch } from './decision-record.ts';
import type { HttpDirectives, LocationDirectives } from './directives.ts';
import { compileExpression, type Expression } from './expression.ts';
import { type CompiledParam, compileFastcgiParams } from './fastcgi-params.ts';
import { compileConfRegex } from './pcre.ts';
import { refuseBuffers, refuseMergedBuffers } from './proxy-buffers.ts';
import { type CompiledProxySsl, compileProxySsl } from './proxy-ssl.ts';
import { refuseValues } from './refuse-values.ts';
import { type CompiledRewrite, compileRewrite } from './rewrite-target.ts';
import { type ServerNames, ServerNamesBuilder } from './server-names.ts';
import { compileSsl, type ServerSsl } from './server-ssl.ts';
import { toBytes } from './uri.ts';

/** A location with what the request path looks up, ready made. */
export interface CompiledLocation extends CompiledAccess {
  readonly location: Location;
  /** Path as bytes. */
  readonly path: string;
  readonly match: LocationMatch;
  readonly regex: Regex | undefined;
  readonly rewrite: CompiledRewrite | undefined;
  readonly cors: CompiledCors | undefined;
  readonly deny: AddressList | undefined;
  readonly allow: AddressList | undefined;
  readonly limitAllowlist: AddressList | undefined;
  /** Whether the pod is told of the client's certificate, and gets it. */
  readonly clientHeaders: 'no' | 'name' | 'certificate';
  readonly mirror: CompiledMirror | undefined;
  readonly proxySsl: CompiledProxySsl | undefined;
  /** Undefined where no FastCGI is spoken. */
  readonly fastcgiParams: readonly CompiledParam[] | undefined;
  /** What is changed in the headers of a pod's answer. */
  readonly answerRewrites: AnswerRewrites | undefined;
  /** Whether a trace goes on that the client names; undefined where pods are told of none. */
  readonly trusts: boolean | undefined;
  /** Host for the pod; undefined for the client's. */
  readonly upstreamVhost: Expression | undefined;
  /** Lower-case names of request headers that are not passed on as they came. */
  readonly replacedHeaders: ReadonlySet<string>;
  /** Headers that every answer gets, flat. */
  readonly customHeaders: readonly string[];
  /** Lower-case names of a pod's headers that `customHeaders` replaces. */
  readonly customHeaderNames: ReadonlySet<string>;
}

/** Where copies of requests go. */
export interface CompiledMirror {
  readonly target: Expression;
  readonly host: string;
  readonly requestBody: boolean;
}

/** The locations of a server as nginx searches them (ngx_http_core_find_location). */
export interface CompiledServer {
  readonly server: Server;
  readonly exact: ReadonlyMap<string, CompiledLocation>;
  /** Paths that lack only the final slash of a proxied location: answered 301 (ngx_http_core_module, auto_redirect). */
  readonly autoRedirect: ReadonlyMap<string, CompiledLocation>;
  /** Prefixes that end with a slash, by path: all but a few do. */
  readonly folders: ReadonlyMap<string, CompiledLocation>;
  /** The other prefixes, longest first. */
  readonly prefixes: readonly CompiledLocation[];
  /** In the order of the configuration. */
  readonly regexes: readonly CompiledLocation[];
  /** Whether the server may answer before it looks for a location. */
  readonly rewrites: boolean;
  /** What the subject of a client's certificate must fit. */
  readonly clientName: Regex | undefined;
  /** What handshakes for it are like. */
  readonly ssl: ServerSsl;
}

/** Every server, by the names that it has. */
export interface ServerTable extends ServerNames<CompiledServer> {
  readonly fallback: CompiledServer;
  readonly compiled: ReadonlyMap<Server, CompiledServer>;
}

/** The table before, and what it was made with: servers that did not change are taken over. */
export interface PreviousTable {
  readonly http: HttpDirectives;
  readonly table: ServerTable;
}

/** Turns a configuration into lookup tables. @throws Error in nginx's words for one that it would refuse */
export function compileServers(configuration: NginxConfiguration, previous?: PreviousTable): ServerTable {
  const { http, servers } = configuration;
  const names = new ServerNamesBuilder<CompiledServer>();
  const known = previous?.http === http ? previous.table.compiled : undefined;
  const all = new Map<Server, CompiledServer>();
  const fresh: Server[] = [];
  for (const server of servers) {
    const compiled = known?.get(server) ?? compileServer(server, http);
    all.set(server, compiled);
    if (compiled !== known?.get(server)) fresh.push(server);
    names.add(server, compiled, `0.0.0.0:${http.httpPort}`);
  }
  refuseMerged(fresh);
  const built = names.build();
  const fallback = built.exact.get(DEFAULT_SERVER);
  if (fallback === undefined) throw new Error('a configuration without default server');
  return { ...built, fallback, compiled: all };
}

/** What nginx finds only when it has read every server (ngx_http_block: locations are merged, then put in order). */
function refuseMerged(servers: readonly Server[]): void {
  for (const { locations } of servers)
    for (const { directives } of locations) if (directives.denied === undefined) refuseMergedBuffers(directives);
  for (const { locations } of servers) refuseDuplicates(locations);
}

function compileServer(server: Server, http: HttpDirectives): CompiledServer {
  const exact = new Map<string, CompiledLocation>();
  const autoRedirect = new Map<string, CompiledLocation>();
  const folders = new Map<string, CompiledLocation>();
  const prefixes: CompiledLocation[] = [];
  const regexes: CompiledLocation[] = [];
  for (const location of server.locations) {
    const compiled = compileLocation(server, location, http);
    if (compiled.match === 'regex') regexes.push(compiled);
    else if (compiled.match === 'exact') exact.set(compiled.path, compiled);
    else if (compiled.path.endsWith('/')) folders.set(compiled.path, compiled);
    else prefixes.push(compiled);
    if (asksForSlash(compiled)) autoRedirect.set(compiled.path.slice(0, -1), compiled);
  }
  prefixes.sort((a, b) => b.path.length - a.path.length);
  return {
    server,
    exact,
    autoRedirect,
    folders,
    prefixes,
    regexes,
    ...compileRewrites(server),
    ssl: compileSsl(server, http),
  };
}

function compileRewrites({ directives }: Server): Pick<CompiledServer, 'rewrites' | 'clientName'> {
  const { appRoot, redirectTo, clientNamePattern, clientVerificationError } = directives;
  return {
    rewrites: [appRoot, redirectTo, clientNamePattern, clientVerificationError].some((each) => each !== ''),
    clientName: clientNamePattern === '' ? undefined : compileConfRegex(clientNamePattern),
  };
}

/**
 * Two exact or two prefix locations of one path make nginx refuse the whole configuration; of several it names the first
 * in its own order, where `/` comes before every other byte (ngx_http_join_exact_locations, ngx_filename_cmp).
 */
function refuseDuplicates(locations: readonly Location[]): void {
  const seen = new Set<string>();
  const twice: { key: string; path: string }[] = [];
  for (const { modifier, path } of locations) {
    const name = `${modifier} ${path}`;
    if (modifier !== '~*' && seen.has(name)) twice.push({ key: toBytes(path).replaceAll('/', '\0'), path });
    seen.add(name);
  }
  const [first] = twice.sort((a, b) => (a.key < b.key ? -1 : 1));
  if (first !== undefined) throw new Error(`nginx: [emerg] duplicate location "${first.path}"`);
}

const MATCHES: Readonly<Record<Location['modifier'], LocationMatch>> = Object.freeze({
  '=': 'exact',
  '': 'prefix',
  '~*': 'regex',
});

function compileLocation(server: Server, location: Location, http: HttpDirectives): CompiledLocation {
  const match = MATCHES[location.modifier];
  const path = toBytes(location.path);
  const directives = written(location.directives);
  if (directives.denied === undefined) {
    refuseBuffers(directives);
    refuseValues(directives);
  }
  const { rewrite, cors, deny, allow, limitAllowlist, mirror, upstreamVhost } = directives;
  const verification = server.directives.clientVerification;
  const access = compileAccess(server.hostname, { ...location, directives }, http);
  return {
    location,
    path,
    match,
    regex: match === 'regex' ? compileConfRegex(`^${path}`, 'i') : undefined,
    rewrite: rewrite && compileRewrite(rewrite),
    cors: cors && compileCors(cors),
    // Inherited only where there is no list of its own (ngx_http_access_merge_loc_conf).
    deny: listOf(deny.length === 0 && allow.length === 0 ? http.blockCidrs : deny),
    allow: listOf(allow),
    limitAllowlist: listOf(limitAllowlist),
    ...access,
    mirror: mirror && { ...mirror, target: compileExpression(mirror.target) },
    trusts: directives.opentelemetry.enabled ? directives.opentelemetry.trustIncomingSpans : undefined,
    proxySsl: compileProxySsl(server, location),
    fastcgiParams: fastcgiParamsOf(directives),
    answerRewrites: compileAnswerRewrites(directives),
    upstreamVhost: upstreamVhost === '' ? undefined : compileExpression(upstreamVhost),
    clientHeaders: verification === undefined ? 'no' : verification.passCertificate ? 'certificate' : 'name',
    replacedHeaders: replacedHeaders(location, access, http, verification !== undefined),
    customHeaders: directives.denied === undefined ? withValues(directives.customHeaders) : [],
    customHeaderNames: namesOf(directives.customHeaders),
  };
}

/** Read wherever they stand: nginx refuses a variable that it does not know, spoken or not. */
function fastcgiParamsOf({ backendProtocol, fastcgiParams }: LocationDirectives): CompiledParam[] | undefined {
  if (backendProtocol !== 'FCGI' && fastcgiParams.length === 0) return undefined;
  return compileFastcgiParams(fastcgiParams);
}

/** Of a denied location nothing is written that holds an expression (nginx.tmpl, isLocationAllowed). */
function written(directives: LocationDirectives): LocationDirectives {
  if (directives.denied === undefined) return directives;
  const { rewrite: _target, mirror: _copy, authRequest: _service, ...rest } = directives;
  return {
    ...rest,
    upstreamVhost: '',
    fastcgiParams: [],
    proxyCookieDomain: 'off',
    proxyCookiePath: 'off',
    proxyRedirectFrom: 'off',
    proxyRedirectTo: 'off',
  };
}

/** A header without value is only taken off (ngx_headers_more). */
function withValues(flat: readonly string[]): string[] {
  return flat.filter((_, index) => flat[index - (index % 2) + 1] !== '');
}

function listOf(cidrs: readonly string[]): AddressList | undefined {
  return cidrs.length === 0 ? undefined : new AddressList(cidrs);
}

/** The password stays with nginx; headers of the auth service and of the ConfigMap take the place of the client's. */
function replacedHeaders(
  { directives: { opentelemetry } }: Location,
  { passwords, digest, authRequest }: CompiledAccess,
  http: HttpDirectives,
  verifiesClients: boolean,
): ReadonlySet<string> {
  const names = namesOf(http.proxySetHeaders);
  if (opentelemetry.enabled) names.add('traceparent');
  if (verifiesClients) for (const name of CLIENT_HEADERS) names.add(name);
  if (passwords !== undefined || digest !== undefined) names.add('authorization');
  for (const name of authRequest?.responseHeaders ?? []) names.add(name.toLowerCase());
  return names;
}

/** Only proxy_pass switches the redirect on; a denied location has none. */
function asksForSlash({ match, path, location }: CompiledLocation): boolean {
  return match !== 'regex' && path.length > 1 && path.endsWith('/') && location.directives.denied === undefined;
}

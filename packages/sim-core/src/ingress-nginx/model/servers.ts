import { type Certificate, DEFAULT_SERVER, DEFAULT_UPSTREAM, type Source } from '../nginx/configuration.ts';
import type { LocationDirectives } from '../nginx/directives.ts';
import type { LocationDraft, ParsedIngress, ServerDraft } from './draft.ts';
import { newServerTls } from './server-tls-draft.ts';
import { portOf, type Upstreams, upstreamName } from './upstreams.ts';

/** Servers by host name. */
export type Servers = Map<string, ServerDraft>;

/** What servers are made of beside the Ingresses. */
export interface ServerParts {
  readonly upstreams: Upstreams;
  /** Directives without any annotation. */
  readonly defaults: LocationDirectives;
  readonly accessLogForDefaultBackend: boolean;
  readonly defaultCertificate: Certificate;
  /** The certificate that an Ingress with a tls section gives a host. */
  certificateOf(ingress: ParsedIngress, host: string): Certificate;
}

/** One server for each host of an Ingress that is no canary, each with its implicit `/` (controller.go, createServers). */
export function createServers(ingresses: readonly ParsedIngress[], parts: ServerParts): Servers {
  const servers: Servers = new Map([[DEFAULT_SERVER, newDefaultServer(parts)]]);
  const mains = ingresses.filter(({ directives }) => !directives.canary);
  for (const parsed of mains) addHosts(servers, parsed, parts);
  for (const parsed of mains) configureHosts(servers, parsed, parts);
  dropConflictingAliases(servers);
  return servers;
}

/** The root of the default server never redirects, whatever ConfigMap or annotations say (controller.go, createServers). */
const NO_REDIRECT = Object.freeze({ sslRedirect: false, forceSslRedirect: false, preserveTrailingSlash: false });

function newDefaultServer({ defaults, accessLogForDefaultBackend, defaultCertificate }: ServerParts): ServerDraft {
  // Whoever has no rule asks nobody (controller.go: EnableGlobalAuth is an annotation's).
  const { authRequest: _service, ...others } = defaults;
  const root: LocationDraft = {
    path: '/',
    pathType: 'Prefix',
    ingressPath: '/',
    ingressPathType: 'Prefix',
    backend: DEFAULT_UPSTREAM,
    isDefaultBackend: true,
    source: undefined,
    directives: { ...others, ...NO_REDIRECT, allow: [], deny: [], accessLog: accessLogForDefaultBackend },
    rewriteTarget: '',
    useRegex: false,
    xForwardedPrefix: '',
    appRoot: '',
    ownHttpErrors: false,
    defaultBackend: undefined,
  };
  return {
    hostname: DEFAULT_SERVER,
    locations: [root],
    certificate: defaultCertificate,
    serverAlias: [],
    fromToWww: false,
    tls: newServerTls(),
    sources: {},
  };
}

/** Gives new hosts a server; the implicit `/` carries the annotations of the first Ingress that names the host. */
function addHosts(servers: Servers, parsed: ParsedIngress, { upstreams }: ServerParts): void {
  const service = parsed.ingress.spec.defaultBackend?.service;
  const name = service === undefined ? undefined : upstreamName(parsed.namespace, service);
  const backend = name !== undefined && upstreams.has(name) ? name : DEFAULT_UPSTREAM;
  const source = sourceOf(parsed, backend === DEFAULT_UPSTREAM ? 'spec' : 'spec.defaultBackend', service);
  const catchAll = servers.get(DEFAULT_SERVER)?.locations[0];
  if (backend !== DEFAULT_UPSTREAM && parsed.rules.length === 0 && catchAll?.isDefaultBackend === true) {
    const { return: _redirect, ...others } = parsed.directives.location;
    Object.assign(catchAll, { backend, source, directives: { ...others, ...NO_REDIRECT }, isDefaultBackend: false });
  }
  for (const [index, { host }] of parsed.rules.entries()) {
    if (servers.has(host)) continue;
    const root = newLocation(parsed, { path: '/', pathType: 'Prefix', backend, source });
    root.isDefaultBackend = true;
    const sources = { hostname: sourceOf(parsed, `spec.rules[${index}].host`, undefined) };
    servers.set(host, {
      hostname: host,
      locations: [root],
      certificate: undefined,
      serverAlias: [],
      fromToWww: false,
      tls: newServerTls(),
      sources,
    });
  }
}

/** Aliases and certificates: the first Ingress of a host that has one wins. */
function configureHosts(servers: Servers, parsed: ParsedIngress, { certificateOf }: ServerParts): void {
  for (const { host } of parsed.rules) {
    const server = servers.get(host);
    if (server === undefined) continue;
    const { serverAlias, fromToWww } = parsed.directives;
    if (server.serverAlias.length === 0 && serverAlias.length > 0) {
      server.serverAlias = serverAlias;
      server.sources.serverAlias = sourceOf(parsed, 'spec', undefined);
    }
    if (fromToWww && !server.fromToWww) {
      server.fromToWww = true;
      server.sources.redirectTo = sourceOf(parsed, 'spec', undefined);
    }
    if (server.certificate === undefined && (parsed.ingress.spec.tls ?? []).length > 0) {
      server.certificate = certificateOf(parsed, host);
      server.sources.certificate = sourceOf(parsed, 'spec.tls', undefined);
    }
  }
}

/** An alias that is a server of its own, or the server's own name, is left out. */
function dropConflictingAliases(servers: Servers): void {
  for (const server of servers.values()) {
    server.serverAlias = server.serverAlias.filter((alias) => alias !== server.hostname && !servers.has(alias));
  }
}

/** A location with everything that an Ingress says of it (controller.go, locationApplyAnnotations). */
export function newLocation(
  parsed: ParsedIngress,
  { path, pathType, backend, source }: { path: string; pathType: 'Exact' | 'Prefix'; backend: string; source: Source },
): LocationDraft {
  const { location, rewriteTarget, useRegex, xForwardedPrefix, appRoot, defaultBackend, ownHttpErrors } =
    parsed.directives;
  return {
    path,
    pathType,
    ingressPath: path,
    ingressPathType: pathType,
    backend,
    isDefaultBackend: false,
    source,
    directives: location,
    rewriteTarget,
    useRegex,
    xForwardedPrefix,
    appRoot,
    ownHttpErrors,
    defaultBackend: defaultBackend === '' ? undefined : { namespace: parsed.namespace, service: defaultBackend },
  };
}

/** Where a part of the configuration comes from. */
export function sourceOf(parsed: ParsedIngress, field: string, service: Parameters<typeof portOf>[0]): Source {
  return {
    namespace: parsed.namespace,
    ingress: parsed.name,
    field,
    service: service?.name ?? '',
    port: portOf(service),
  };
}

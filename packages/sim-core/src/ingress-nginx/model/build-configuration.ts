import type { Certificate, Endpoint, Location, NginxConfiguration, Server, Upstream } from '../nginx/configuration.ts';
import { DEFAULT_SERVER } from '../nginx/configuration.ts';
import type { HttpDirectives, LocationDirectives } from '../nginx/directives.ts';
import { addDefaultBackends, type FirstPortEndpoints } from './default-backends.ts';
import type { Dropped, ParsedIngress, ServerDraft, UpstreamDraft } from './draft.ts';
import { addLocations, finishLocations, sortLocations } from './locations.ts';
import { mergeCanaries } from './merge-canaries.ts';
import { passthroughBackends } from './passthrough.ts';
import { dropRefusedPaths } from './refused-paths.ts';
import { configureTls, tlsDirectives } from './server-tls.ts';
import { createServers } from './servers.ts';
import { createUpstreams, type Endpoints } from './upstreams.ts';
import { wwwRedirects } from './www-redirects.ts';

/** What a configuration is built from beside the Ingresses. */
export interface ModelParts {
  readonly http: HttpDirectives;
  readonly defaults: LocationDirectives;
  readonly endpoints: Endpoints;
  readonly firstPort: FirstPortEndpoints;
  readonly defaultBackend: readonly Endpoint[];
  readonly defaultCertificate: Certificate;
  /** Whether `proxy-ssl-…` hold in the whole server of a host. */
  readonly sharesProxySsl: boolean;
  /** Whether TLS connections may go on undecrypted (--enable-ssl-passthrough). */
  readonly passesThrough: boolean;
  certificateOf(ingress: ParsedIngress, host: string): Certificate;
}

/** A configuration, and what did not get into it. */
export interface Model {
  readonly configuration: NginxConfiguration;
  readonly dropped: readonly Dropped[];
}

/**
 * Ingresses → servers, locations and upstreams, from top to bottom (internal/ingress/controller/controller.go).
 * @param ingresses of our class, oldest first
 */
export function buildConfiguration(ingresses: readonly ParsedIngress[], parts: ModelParts): Model {
  const { http, defaults, endpoints, firstPort, defaultBackend, defaultCertificate, certificateOf } = parts;
  const upstreams = createUpstreams(ingresses, endpoints, defaultBackend);
  const servers = createServers(ingresses, {
    upstreams,
    defaults,
    accessLogForDefaultBackend: http.accessLogForDefaultBackend,
    defaultCertificate,
    certificateOf,
  });
  configureTls(servers, ingresses, parts.sharesProxySsl);
  const unplaced = addLocations(ingresses, upstreams, servers);
  const unmerged = mergeCanaries(ingresses, upstreams, servers);
  addDefaultBackends(servers, upstreams, firstPort);
  const refused = dropRefusedPaths(servers);
  const finished = [...servers.values()].map((server) => finishServer(server, defaults, http));
  const configuration: NginxConfiguration = {
    http,
    servers: [...finished, ...wwwRedirects(servers)].sort(byKey('hostname')),
    upstreams: [...upstreams.values()].sort(byKey('name')).map(finishUpstream),
    defaultCertificate,
    passthrough: parts.passesThrough ? passthroughBackends(servers, upstreams, endpoints) : [],
  };
  return { configuration, dropped: [...unplaced, ...unmerged, ...refused] };
}

function finishServer(
  { hostname, locations, serverAlias, certificate, sources, tls }: ServerDraft,
  defaults: LocationDirectives,
  http: HttpDirectives,
): Server {
  const sorted = sortLocations(locations);
  const finished = finishLocations(sorted);
  const root = sorted.find(({ appRoot }) => appRoot !== '');
  if (root?.source !== undefined) sources.appRoot = root.source;
  return {
    hostname,
    locations: hostname === DEFAULT_SERVER ? [...finished, healthz(defaults, http.healthCheckPath)] : finished,
    directives: { serverAlias, appRoot: root?.appRoot ?? '', redirectTo: '', ...tlsDirectives(tls) },
    sources,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

function finishUpstream(draft: UpstreamDraft): Upstream {
  const { noServer: _noServer, sessionAffinity, affinitySource, ...upstream } = draft;
  if (sessionAffinity === undefined) return upstream;
  return { ...upstream, sessionAffinity, ...(affinitySource === undefined ? {} : { affinitySource }) };
}

/** `location /healthz` of the default server (nginx.tmpl). */
function healthz(defaults: LocationDirectives, path: string): Location {
  const { authRequest: _service, ...others } = defaults;
  return {
    modifier: '',
    path,
    ingressPath: path,
    ingressPathType: 'Prefix',
    backend: '',
    isDefaultBackend: true,
    directives: { ...others, sslRedirect: false, accessLog: false, return: { status: 200 } },
  };
}

function byKey<K extends string>(key: K): (a: Record<K, string>, b: Record<K, string>) => number {
  return (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
}

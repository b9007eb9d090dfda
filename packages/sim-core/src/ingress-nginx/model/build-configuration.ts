import type { Certificate, Endpoint, Location, NginxConfiguration, Server, Upstream } from '../nginx/configuration.ts';
import { DEFAULT_SERVER } from '../nginx/configuration.ts';
import type { HttpDirectives, LocationDirectives } from '../nginx/directives.ts';
import type { Dropped, ParsedIngress } from './draft.ts';
import { addLocations, finishLocations, sortLocations } from './locations.ts';
import { mergeCanaries } from './merge-canaries.ts';
import { createServers } from './servers.ts';
import { createUpstreams, type Endpoints } from './upstreams.ts';

/** What a configuration is built from beside the Ingresses. */
export interface ModelParts {
  readonly http: HttpDirectives;
  readonly defaults: LocationDirectives;
  readonly endpoints: Endpoints;
  readonly defaultBackend: readonly Endpoint[];
  readonly defaultCertificate: Certificate;
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
  const { http, defaults, endpoints, defaultBackend, defaultCertificate, certificateOf } = parts;
  const upstreams = createUpstreams(ingresses, endpoints, defaultBackend);
  const servers = createServers(ingresses, {
    upstreams,
    defaults,
    accessLogForDefaultBackend: http.accessLogForDefaultBackend,
    defaultCertificate,
    certificateOf,
  });
  const unplaced = addLocations(ingresses, upstreams, servers);
  const unmerged = mergeCanaries(ingresses, upstreams, servers);
  const configuration: NginxConfiguration = {
    http,
    servers: [...servers.values()].sort(byKey('hostname')).map((server): Server => {
      const locations = finishLocations(sortLocations(server.locations));
      return {
        hostname: server.hostname,
        locations: server.hostname === DEFAULT_SERVER ? [...locations, healthz(defaults)] : locations,
        directives: { serverAlias: server.serverAlias },
        ...(server.certificate === undefined ? {} : { certificate: server.certificate }),
      };
    }),
    upstreams: [...upstreams.values()]
      .sort(byKey('name'))
      .map(({ noServer: _noServer, ...upstream }): Upstream => upstream),
    defaultCertificate,
  };
  return { configuration, dropped: [...unplaced, ...unmerged] };
}

/** `location /healthz` of the default server (nginx.tmpl). */
function healthz(defaults: LocationDirectives): Location {
  return {
    modifier: '',
    path: '/healthz',
    ingressPath: '/healthz',
    ingressPathType: 'Prefix',
    backend: '',
    isDefaultBackend: true,
    directives: { ...defaults, sslRedirect: false, accessLog: false, return: { status: 200 } },
  };
}

function byKey<K extends string>(key: K): (a: Record<K, string>, b: Record<K, string>) => number {
  return (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
}

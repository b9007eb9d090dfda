import { DEFAULT_UPSTREAM, type PassthroughBackend } from '../nginx/configuration.ts';
import type { ServerDraft } from './draft.ts';
import type { Servers } from './servers.ts';
import type { Endpoints, Upstreams } from './upstreams.ts';

/**
 * The Services of hosts with `ssl-passthrough`: that of the path `/`, whatever else the host has. It is asked by its own address; a
 * host whose `/` leads to no Service is served as if it had no such annotation (controller.go, buildPassthroughBackends;
 * nginx.go, OnUpdate).
 */
export function passthroughBackends(
  servers: Servers,
  upstreams: Upstreams,
  endpoints: Endpoints,
): PassthroughBackend[] {
  return [...servers.values()]
    .filter(({ tls }) => tls.passthrough)
    .flatMap((server) => backendOf(server, upstreams, endpoints) ?? []);
}

function backendOf(
  { hostname, locations }: ServerDraft,
  upstreams: Upstreams,
  endpoints: Endpoints,
): PassthroughBackend | undefined {
  const root = locations.find(({ path }) => path === '/');
  const upstream = root === undefined ? undefined : upstreams.get(root.backend);
  if (root === undefined || upstream === undefined || upstream.name === DEFAULT_UPSTREAM) return undefined;
  const { namespace, service, port } = upstream;
  const own = endpoints.clusterIp(namespace, service, port);
  if (own === undefined) return undefined;
  const { source } = root;
  return {
    hostname,
    address: own.address,
    port: own.port,
    namespace,
    service,
    ...(source === undefined ? {} : { source }),
  };
}

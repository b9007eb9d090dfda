import { CUSTOM_DEFAULT_BACKEND, type Endpoint } from '../nginx/configuration.ts';
import type { LocationDraft, UpstreamDraft } from './draft.ts';
import type { Servers } from './servers.ts';
import type { Upstreams } from './upstreams.ts';

/** Ready endpoints behind the first port of a Service. */
export type FirstPortEndpoints = (
  namespace: string,
  service: string,
) => { port: string; endpoints: readonly Endpoint[] };

/**
 * Gives the Service of `default-backend` an upstream of its own where a location needs one: its own Service has no
 * endpoints, or its Ingress has custom-http-errors; those of the ConfigMap go to the controller's default backend. One without endpoints is not used (controller.go, getBackendServers).
 */
export function addDefaultBackends(servers: Servers, upstreams: Upstreams, endpointsOf: FirstPortEndpoints): void {
  const own = new Map(upstreams);
  for (const { locations } of servers.values()) {
    for (const location of locations) {
      const upstream = own.get(location.backend);
      const made = upstream && makeUpstream(location, upstream, endpointsOf);
      if (upstream === undefined || made === undefined) continue;
      upstreams.set(made.name, made);
      if (location.ownHttpErrors) location.directives = { ...location.directives, errorBackend: made.name };
      if (upstream.endpoints.length === 0) location.backend = made.name;
    }
  }
}

/** A copy of the location's own upstream with the other Service's endpoints. */
function makeUpstream(
  { defaultBackend, ownHttpErrors }: LocationDraft,
  upstream: UpstreamDraft,
  endpointsOf: FirstPortEndpoints,
): UpstreamDraft | undefined {
  if (defaultBackend === undefined) return undefined;
  if (upstream.endpoints.length > 0 && !ownHttpErrors) return undefined;
  const { namespace, service } = defaultBackend;
  const { port, endpoints } = endpointsOf(namespace, service);
  if (endpoints.length === 0) return undefined;
  return { ...upstream, name: `${CUSTOM_DEFAULT_BACKEND}${namespace}-${service}`, namespace, service, port, endpoints };
}

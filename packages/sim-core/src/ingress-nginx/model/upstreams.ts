import type { IngressBackend } from '../../api/networking-v1/ingress.ts';
import { DEFAULT_UPSTREAM, type Endpoint, type Source } from '../nginx/configuration.ts';
import { DEFAULT_UPSTREAM_DIRECTIVES } from '../nginx/directives.ts';
import type { ParsedIngress, UpstreamDraft } from './draft.ts';

/** Upstreams by name, in the order in which they were made. */
export type Upstreams = Map<string, UpstreamDraft>;

/** Endpoints of Services. */
export interface Endpoints {
  /** Ready endpoints behind a Service's port. */
  pods(namespace: string, service: string, port: string): readonly Endpoint[];
  /** The Service's own address with its port; undefined where it has none. */
  clusterIp(namespace: string, service: string, port: string): Endpoint | undefined;
}

/** `namespace-service-port` (controller.go, upstreamName). */
export function upstreamName(namespace: string, service: IngressBackend['service']): string {
  const port = portOf(service);
  return service === undefined || port === '' ? `${namespace}-INVALID` : `${namespace}-${service.name}-${port}`;
}

/** Port of a backend as the Ingress names it; '' for none. */
export function portOf(service: IngressBackend['service']): string {
  if (service?.port?.number !== undefined && service.port.number > 0) return String(service.port.number);
  return service?.port?.name ?? '';
}

/**
 * One upstream for each Service and port that an Ingress names; the oldest Ingress that names it decides whether it is a
 * canary's (controller.go, createUpstreams).
 */
export function createUpstreams(
  ingresses: readonly ParsedIngress[],
  endpoints: Endpoints,
  defaultBackend: readonly Endpoint[],
): Upstreams {
  const upstreams: Upstreams = new Map();
  upstreams.set(DEFAULT_UPSTREAM, newDefaultUpstream(defaultBackend));
  for (const ingress of ingresses) {
    const backend = ingress.ingress.spec.defaultBackend;
    if (backend?.service !== undefined) {
      const name = upstreamName(ingress.namespace, backend.service);
      upstreams.set(name, newUpstream(ingress, backend, 'spec.defaultBackend', endpoints));
    }
    for (const { paths } of ingress.rules) {
      for (const path of paths ?? []) {
        const name = upstreamName(ingress.namespace, path.backend.service);
        if (path.backend.service === undefined || upstreams.has(name)) continue;
        upstreams.set(name, newUpstream(ingress, path.backend, path.field, endpoints));
      }
    }
  }
  return upstreams;
}

function newUpstream(
  parsed: ParsedIngress,
  { service }: IngressBackend,
  field: string,
  endpoints: Endpoints,
): UpstreamDraft {
  const { namespace, name: ingress, directives } = parsed;
  const port = portOf(service);
  const serviceName = service?.name ?? '';
  const source: Source = { namespace, ingress, field, service: serviceName, port };
  return {
    name: upstreamName(namespace, service),
    namespace,
    service: serviceName,
    port,
    source,
    endpoints: endpointsOf(parsed, serviceName, port, endpoints),
    alternativeBackends: [],
    sessionAffinity: undefined,
    affinitySource: undefined,
    directives: directives.upstream,
    noServer: directives.canary,
    ...(directives.canary ? { trafficShaping: directives.policy, canary: source } : {}),
  };
}

/** service-upstream asks the Service itself, unless it has no address (controller.go, getServiceClusterEndpoint). */
function endpointsOf(
  { namespace, directives }: ParsedIngress,
  service: string,
  port: string,
  endpoints: Endpoints,
): readonly Endpoint[] {
  const own = directives.upstream.serviceUpstream ? endpoints.clusterIp(namespace, service, port) : undefined;
  return own === undefined ? endpoints.pods(namespace, service, port) : [own];
}

function newDefaultUpstream(endpoints: readonly Endpoint[]): UpstreamDraft {
  return {
    name: DEFAULT_UPSTREAM,
    namespace: '',
    service: '',
    port: '',
    endpoints,
    alternativeBackends: [],
    sessionAffinity: undefined,
    affinitySource: undefined,
    directives: DEFAULT_UPSTREAM_DIRECTIVES,
    noServer: false,
  };
}

import type { ParsedIngress } from './draft.ts';
import { type Endpoints, portOf, upstreamName } from './upstreams.ts';

/** Whether an Ingress has a backend without Service, or without endpoint. */
export interface Orphanage {
  readonly namespace: string;
  readonly ingress: string;
  readonly type: 'no-service' | 'no-endpoint';
  readonly isOrphan: boolean;
}

/**
 * What nginx_ingress_controller_orphan_ingress tells: of several Ingresses that name one Service and port only the oldest
 * is looked at, and of one Ingress its last such path counts (controller.go, createUpstreams).
 * @param ingresses oldest first
 */
export function orphanages(
  ingresses: readonly ParsedIngress[],
  { pods, clusterIp, hasService }: Endpoints & { hasService(namespace: string, service: string): boolean },
): Orphanage[] {
  const seen = new Set<string>();
  const found = new Map<string, Orphanage>();
  for (const { namespace, name: ingress, rules, directives } of ingresses) {
    const say = (type: Orphanage['type'], isOrphan: boolean) =>
      found.set(`${namespace}/${ingress} ${type}`, { namespace, ingress, type, isOrphan });
    for (const { backend } of rules.flatMap(({ paths }) => paths ?? [])) {
      const { service } = backend;
      const upstream = upstreamName(namespace, service);
      if (service === undefined || seen.has(upstream)) continue;
      seen.add(upstream);
      const port = portOf(service);
      if (directives.upstream.serviceUpstream && clusterIp(namespace, service.name, port) !== undefined) continue;
      const isThere = hasService(namespace, service.name);
      say('no-service', !isThere);
      if (isThere) say('no-endpoint', pods(namespace, service.name, port).length === 0);
    }
  }
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ ingress, namespace, type }: Orphanage): string {
  return `${ingress} ${namespace} ${type}`;
}

import type { ServicePort } from '../api/core-v1/service.ts';
import type { Endpoint, EndpointSlice } from '../api/discovery-v1/endpoint-slice.ts';

/** One address that a Service port leads to. */
export interface ProxyEndpoint {
  readonly ip: string;
  readonly port: number;
  readonly nodeName: string | undefined;
  readonly podName: string | undefined;
}

/** Endpoints of one Service port by state (pkg/proxy/topology.go works on the same two lists). */
export interface PortEndpoints {
  readonly ready: readonly ProxyEndpoint[];
  /** Terminating, but still serving: used only where no ready one is left. */
  readonly terminating: readonly ProxyEndpoint[];
}

/** Endpoints of a Service port, from the slices that carry a port of its name (pkg/proxy/endpointslicecache.go). */
export function endpointsOfPort(port: ServicePort, slices: Iterable<EndpointSlice>): PortEndpoints {
  const ready = new Map<string, ProxyEndpoint>();
  const terminating = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    const target = slice.ports?.find(
      (each) => (each.name ?? '') === (port.name ?? '') && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    if (target?.port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const list = isReady(endpoint) ? ready : isServingTerminating(endpoint) ? terminating : undefined;
      for (const ip of endpoint.addresses)
        list?.set(ip, { ip, port: target.port, nodeName: endpoint.nodeName, podName: podOf(endpoint) });
    }
  }
  return { ready: [...ready.values()], terminating: [...terminating.values()] };
}

/** A missing ready condition means ready (discovery/v1 EndpointConditions). */
function isReady({ conditions }: Endpoint): boolean {
  return conditions?.ready !== false;
}

function isServingTerminating({ conditions }: Endpoint): boolean {
  return conditions?.terminating === true && conditions.serving !== false;
}

function podOf({ targetRef }: Endpoint): string | undefined {
  return targetRef?.kind === 'Pod' ? targetRef.name : undefined;
}

/** All that traffic with policy Cluster may go to: the ready ones, else those that still serve while they end. */
export function clusterEndpoints({ ready, terminating }: PortEndpoints): readonly ProxyEndpoint[] {
  return ready.length > 0 ? ready : terminating;
}

/** What traffic with policy Local may go to on a node (KEP-1669: terminating ones when no ready one is left there). */
export function localEndpoints({ ready, terminating }: PortEndpoints, nodeName: string): readonly ProxyEndpoint[] {
  const here = ready.filter((endpoint) => endpoint.nodeName === nodeName);
  return here.length > 0 ? here : terminating.filter((endpoint) => endpoint.nodeName === nodeName);
}

import { namespaces } from '../../api/core-v1/namespace.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import type { Endpoint, EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import type { Client } from '../../client/client.ts';
import type { EndpointSliceLister } from '../../client/endpoint-slice-lister.ts';
import { type DnsAnswer, type DnsRecord, type DnsType, NODATA, NXDOMAIN, noError, TTL } from './record.ts';

/** The zone of the cluster. */
export const ZONE = 'cluster.local';

/** What the records are made from. */
export interface Zone {
  readonly client: Client;
  readonly slices: EndpointSliceLister;
}

/** One ready endpoint of a Service. */
interface ReadyEndpoint {
  readonly ip: string;
  /** Its own label below the Service: the hostname, else the address with dashes (CoreDNS endpointHostname). */
  readonly label: string;
  readonly ports: EndpointSlice['ports'];
}

/**
 * Records below `svc.cluster.local` (kubernetes/dns docs/specification.md; CoreDNS plugin/kubernetes). `labels` are those
 * before `svc`, in lower case; `name` is the name that was asked for.
 */
export function serviceAnswer(
  { client, slices }: Zone,
  labels: readonly string[],
  name: string,
  type: DnsType,
): DnsAnswer {
  const namespace = labels.at(-1);
  if (namespace === undefined) return NODATA;
  const serviceName = labels.at(-2);
  if (serviceName === undefined) return client.get(namespaces, '', namespace) === undefined ? NXDOMAIN : NODATA;
  const service = client.get(services, namespace, serviceName);
  if (service === undefined) return NXDOMAIN;
  const rest = labels.slice(0, -2);
  if (rest.length === 2)
    return srvAnswer(service, () => readyEndpoints(slices, service), rest as [string, string], name, type);
  if (rest.length > 2) return NXDOMAIN;
  if (service.spec.type === 'ExternalName') return rest.length === 0 ? externalAnswer(service, name, type) : NXDOMAIN;
  if (isHeadless(service) || rest.length === 1)
    return endpointAnswer(readyEndpoints(slices, service), rest[0], name, type);
  return type === 'A' ? noError([address(name, service.spec.clusterIP ?? '')]) : NODATA;
}

/** `service.namespace.svc.cluster.local`. */
export function serviceDomain({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc.${ZONE}`;
}

/** Whether DNS answers with the endpoints themselves. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}

/** Endpoints that are published; ready unless the slice says otherwise. */
export function readyEndpoints(slices: EndpointSliceLister, service: Service): ReadyEndpoint[] {
  const ready: ReadyEndpoint[] = [];
  for (const slice of slices.forService(service.metadata.namespace ?? '', service.metadata.name)) {
    if (slice.addressType !== 'IPv4') continue;
    for (const endpoint of slice.endpoints ?? []) {
      if (endpoint.conditions?.ready === false) continue;
      for (const ip of endpoint.addresses)
        ready.push({ ip, label: endpointLabel(endpoint, ip), ports: slice.ports ?? [] });
    }
  }
  return ready;
}

function endpointLabel({ hostname }: Endpoint, ip: string): string {
  return hostname === undefined || hostname === '' ? ip.replaceAll('.', '-') : hostname.toLowerCase();
}

/** All endpoints of a headless Service, or the one with that label. None ready: the name does not exist (specification, 2.4.1). */
function endpointAnswer(
  endpoints: readonly ReadyEndpoint[],
  label: string | undefined,
  name: string,
  type: DnsType,
): DnsAnswer {
  const meant = label === undefined ? endpoints : endpoints.filter((endpoint) => endpoint.label === label);
  if (meant.length === 0) return NXDOMAIN;
  return type === 'A' ? noError([...new Set(meant.map(({ ip }) => ip))].map((ip) => address(name, ip))) : NODATA;
}

function externalAnswer({ spec }: Service, name: string, type: DnsType): DnsAnswer {
  const isAddress = type === 'A' || type === 'AAAA' || type === 'CNAME';
  return isAddress
    ? noError([{ type: 'CNAME', name, ttl: TTL, data: (spec.externalName ?? '').replace(/\.$/, '') }])
    : NODATA;
}

/** `_port._proto.service…`: only named ports have one. */
function srvAnswer(
  service: Service,
  endpointsOf: () => ReadyEndpoint[],
  [port, protocol]: [string, string],
  name: string,
  type: DnsType,
): DnsAnswer {
  if (!port.startsWith('_') || !protocol.startsWith('_') || service.spec.type === 'ExternalName') return NXDOMAIN;
  const targets = isHeadless(service)
    ? endpointsOf().flatMap(({ ip, label, ports }) =>
        ports
          .filter((each) => isNamed(each, port, protocol))
          .map((each) => ({ port: each.port ?? 0, target: `${label}.${serviceDomain(service)}`, ip })),
      )
    : (service.spec.ports ?? [])
        .filter((each) => isNamed(each, port, protocol))
        .map((each) => ({ port: each.port, target: serviceDomain(service), ip: service.spec.clusterIP ?? '' }));
  if (targets.length === 0) return NXDOMAIN;
  if (type !== 'SRV') return NODATA;
  const weight = Math.floor(100 / targets.length);
  return noError(
    targets.map(
      (target): DnsRecord => ({
        type: 'SRV',
        name,
        ttl: TTL,
        data: { priority: 0, weight, port: target.port, target: target.target },
      }),
    ),
    targets.map(({ target, ip }) => address(target, ip)),
  );
}

function isNamed(port: { name?: string; protocol?: string }, label: string, protocolLabel: string): boolean {
  return (
    (port.name ?? '') !== '' &&
    `_${port.name}` === label &&
    `_${(port.protocol ?? 'TCP').toLowerCase()}` === protocolLabel
  );
}

/** An address record. */
export function address(name: string, ip: string): DnsRecord {
  return { type: 'A', name, ttl: TTL, data: ip };
}

import { services } from '../../api/core-v1/service.ts';
import { parseIPv4 } from '../../apimachinery/ip.ts';
import { type DnsAnswer, type DnsType, NODATA, NXDOMAIN, noError, TTL } from './record.ts';
import { isHeadless, readyEndpoints, serviceDomain, type Zone } from './service-records.ts';

/**
 * Names of an address: the Service that has it as cluster IP, else the headless Services that have it as endpoint
 * (kubernetes/dns docs/specification.md, 2.3.3 and 2.4.3). `labels` are those before `in-addr.arpa`.
 */
export function reverseAnswer(
  { client, slices }: Zone,
  labels: readonly string[],
  name: string,
  type: DnsType,
): DnsAnswer {
  const ip = labels.toReversed().join('.');
  if (parseIPv4(ip) === undefined) return NXDOMAIN;
  const all = client.list(services);
  const owner = all.find(({ spec }) => spec.clusterIP === ip);
  const names =
    owner === undefined
      ? all.filter(isHeadless).flatMap((service) =>
          readyEndpoints(slices, service)
            .filter((endpoint) => endpoint.ip === ip)
            .map(({ label }) => `${label}.${serviceDomain(service)}`),
        )
      : [serviceDomain(owner)];
  if (names.length === 0) return NXDOMAIN;
  return type === 'PTR' ? noError(names.map((data) => ({ type: 'PTR', name, ttl: TTL, data }))) : NODATA;
}

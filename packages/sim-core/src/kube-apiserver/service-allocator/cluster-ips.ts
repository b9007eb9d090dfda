import type { Service } from '../../api/core-v1/service.ts';
import { services } from '../../api/core-v1/service.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { goStrings } from '../../apimachinery/go-syntax.ts';
import { formatIPv4, type IPv4Network, parseIPv4 } from '../../apimachinery/ip.ts';
import { objectKey } from '../../apimachinery/object-meta.ts';
import { newInternalError, newInvalid } from '../../apimachinery/status-error.ts';
import type { Random } from '../../sim/random.ts';
import { type Band, pick, reservedSize } from './band.ts';

/** The virtual addresses of Services (pkg/registry/core/service/ipallocator/ipallocator.go). */
export class ClusterIPs {
  readonly #band: Band;
  readonly #random: Random;
  readonly #taken = new Set<number>();

  constructor(network: IPv4Network, random: Random) {
    // Network and broadcast address are nobody's.
    const [first, last] = [network.first + 1, network.last - 1];
    this.#band = { first, last, reserved: reservedSize(network.last - network.first + 1, 256) };
    this.#random = random;
  }

  hold(service: Service): void {
    for (const ip of addresses(service)) this.#taken.add(ip);
  }

  free(service: Service): void {
    for (const ip of addresses(service)) this.#taken.delete(ip);
  }

  /** Fills in clusterIP and clusterIPs. @throws StatusError Invalid when the wanted address cannot be had */
  allocate(service: Service, old: Service | undefined): void {
    const { spec } = service;
    const had = old !== undefined && old.spec.type !== 'ExternalName';
    if (spec.type === 'ExternalName' || spec.clusterIPs?.[0] === 'None' || had) return;
    const wanted = spec.clusterIPs?.[0];
    const ip = wanted === undefined ? this.#next(service) : this.#claim(service, wanted);
    spec.clusterIP = ip;
    spec.clusterIPs = [ip];
  }

  #next(service: Service): string {
    const stream = this.#random.fork(`cluster-ip/${objectKey(service)}`);
    const ip = pick(this.#band, stream, (value) => this.#taken.has(value));
    if (ip === undefined) throw newInternalError('failed to allocate a serviceIP: range is full');
    return formatIPv4(ip);
  }

  #claim(service: Service, wanted: string): string {
    const ip = parseIPv4(wanted);
    const reason =
      ip === undefined || ip < this.#band.first || ip > this.#band.last
        ? 'the provided network does not match the current range'
        : this.#taken.has(ip)
          ? 'provided IP is already allocated'
          : undefined;
    if (reason === undefined) return wanted;
    const detail = `failed to allocate IP ${wanted}: ${reason}`;
    throw newInvalid(services, service.metadata.name, [
      invalid('spec.clusterIPs', goStrings(service.spec.clusterIPs), detail),
    ]);
  }
}

function addresses({ spec }: Service): number[] {
  if (spec.type === 'ExternalName') return [];
  return (spec.clusterIPs ?? []).map(parseIPv4).filter((ip) => ip !== undefined);
}

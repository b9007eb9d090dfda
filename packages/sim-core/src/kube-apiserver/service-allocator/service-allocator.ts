import type { Service } from '../../api/core-v1/service.ts';
import { services } from '../../api/core-v1/service.ts';
import { parseIPv4Network } from '../../apimachinery/ip.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Store, StoreEvent } from '../../etcd/store.ts';
import type { Random } from '../../sim/random.ts';
import { keepAllocatedValues, normalizeClusterIPs } from './carry-over.ts';
import { ClusterIPs } from './cluster-ips.ts';
import { initIPFamilyFields } from './ip-families.ts';
import { NodePorts } from './node-ports.ts';

/** Hands out what a Service gets from the server: cluster IPs and node ports (pkg/registry/core/service/storage/alloc.go). */
export interface ServiceAllocator {
  /** Fills in what is missing, on a private copy; other kinds pass untouched. @throws StatusError Invalid, InternalError */
  allocate(kind: Kind, object: KubeObject, old: KubeObject | undefined): void;
}

/** What the allocator is built from. */
export interface ServiceAllocatorParts {
  store: Store;
  random: Random;
  /** An IPv4 network, `10.96.0.0/16`. */
  serviceCidr: string;
}

/**
 * The allocator of a single-stack IPv4 cluster. What is taken is read off the stored Services, so a refused write or a
 * dry run holds nothing and a deleted Service frees its addresses by itself. A free address is drawn from the
 * Service's own stream: another Service more or less never moves it, except where both drew the same.
 */
export class ClusterServiceAllocator implements ServiceAllocator {
  readonly #clusterIPs: ClusterIPs;
  readonly #nodePorts: NodePorts;

  /** @throws Error when serviceCidr is no IPv4 network of at least eight addresses */
  constructor({ store, random, serviceCidr }: ServiceAllocatorParts) {
    const network = parseIPv4Network(serviceCidr);
    if (network === undefined || network.prefix > 29) {
      throw new Error(
        `service CIDR ${serviceCidr} is no IPv4 network of at least eight addresses, such as 10.96.0.0/16`,
      );
    }
    this.#clusterIPs = new ClusterIPs(network, random);
    this.#nodePorts = new NodePorts(random);
    for (const service of store.list(services.resource)) this.#hold(service as Service);
    store.watch((resource, event) => {
      if (resource === services.resource) this.#follow(event as StoreEvent<Service>);
    });
  }

  allocate(kind: Kind, object: KubeObject, old: KubeObject | undefined): void {
    if (kind !== services) return;
    const service = object as Service;
    const before = old as Service | undefined;
    if (before !== undefined) keepAllocatedValues(service, before);
    normalizeClusterIPs(service, before);
    initIPFamilyFields(service, before);
    this.#clusterIPs.allocate(service, before);
    this.#nodePorts.allocate(service, before);
  }

  #follow({ type, object, previous }: StoreEvent<Service>): void {
    if (previous !== undefined) this.#free(previous);
    if (type !== 'DELETED') this.#hold(object);
  }

  #hold(service: Service): void {
    this.#clusterIPs.hold(service);
    this.#nodePorts.hold(service);
  }

  #free(service: Service): void {
    this.#clusterIPs.free(service);
    this.#nodePorts.free(service);
  }
}

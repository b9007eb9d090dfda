import { formatIPv4, parseIPv4Network } from '../apimachinery/ip.ts';

/** Where pods get their addresses when their node's range is full or missing: how many pods a node takes is the scheduler's business. */
const OVERFLOW = Object.freeze({ first: 0x0af5_0001, last: 0x0aff_fffe });

/** A run of addresses that are handed out in turn. */
interface Range {
  readonly first: number;
  readonly last: number;
  next: number;
  /** Addresses that are in use. */
  used: number;
}

/**
 * Addresses of pods: each node's come from its podCIDR (`10.244.<node>.0/24`), one after the other, so that an address that
 * was given back is used again as late as possible (CNI plugin host-local).
 */
export class PodIps {
  /** By podCIDR: nodes that were given the same one share it. */
  readonly #ranges = new Map<string, Range>();
  readonly #overflow: Range = { ...OVERFLOW, next: OVERFLOW.first, used: 0 };
  readonly #byIp = new Map<string, { nodeName: string; range: Range }>();

  allocate(nodeName: string, podCIDR: string | undefined): string {
    const own = podCIDR === undefined ? undefined : this.#rangeOf(podCIDR);
    const range = own === undefined || isFull(own) ? this.#overflow : own;
    if (isFull(range)) throw new Error('no pod address is left in the cluster');
    const ip = this.#take(range);
    this.#byIp.set(ip, { nodeName, range });
    return ip;
  }

  release(ip: string): void {
    const entry = this.#byIp.get(ip);
    if (entry === undefined) return;
    entry.range.used--;
    this.#byIp.delete(ip);
  }

  /** The node on which a pod has this address. */
  nodeOf(ip: string): string | undefined {
    return this.#byIp.get(ip)?.nodeName;
  }

  #rangeOf(podCIDR: string): Range | undefined {
    const known = this.#ranges.get(podCIDR);
    if (known !== undefined) return known;
    const network = parseIPv4Network(podCIDR);
    if (network === undefined || network.last - network.first < 3) return undefined;
    // The first address is the network, the second the node's bridge, the last one the broadcast address.
    const first = network.first + 2;
    const range = { first, last: network.last - 1, next: first, used: 0 };
    this.#ranges.set(podCIDR, range);
    return range;
  }

  /** The next free address of a range that has one. */
  #take(range: Range): string {
    range.used++;
    for (;;) {
      const ip = formatIPv4(range.next);
      range.next = range.next === range.last ? range.first : range.next + 1;
      if (!this.#byIp.has(ip)) return ip;
    }
  }
}

function isFull({ first, last, used }: Range): boolean {
  return used > last - first;
}

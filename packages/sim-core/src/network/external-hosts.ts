import { parseIPv4 } from '../apimachinery/ip.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Network } from './network.ts';

/** Addresses for hosts outside the cluster: TEST-NET-3 and TEST-NET-2 (RFC 5737), which nobody has. */
const NETWORKS: readonly string[] = Object.freeze(['203.0.113', '198.51.100']);
const PER_NETWORK = 254;

/** One host outside the cluster, with what listens on its ports. */
interface ExternalHost {
  readonly ip: string;
  readonly ports: Map<number, Workload>;
}

/**
 * Hosts outside the cluster that the Scenario invents (`externalHosts`: host:port → program). There are no others: no
 * request ever opens a socket to the outside.
 */
export class ExternalHosts {
  readonly #network: Network;
  readonly #byName = new Map<string, ExternalHost>();
  #named = 0;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Puts a program on `host:port`; the host is a name or an IPv4 address. @throws Error when the names run out */
  add(hostAndPort: string, workload: Workload): void {
    const colon = hostAndPort.lastIndexOf(':');
    const name = hostAndPort.slice(0, colon).toLowerCase();
    const port = Number(hostAndPort.slice(colon + 1));
    if (colon <= 0 || !Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Error(`externalHosts: "${hostAndPort}" is no host:port, e.g. auth.example.com:443`);
    }
    (this.#byName.get(name) ?? this.#newHost(name)).ports.set(port, workload);
  }

  /** The address of a host by its name, in lower case. */
  resolve(name: string): string | undefined {
    return this.#byName.get(name)?.ip;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  #newHost(name: string): ExternalHost {
    const host: ExternalHost = { ip: parseIPv4(name) === undefined ? this.#nextAddress() : name, ports: new Map() };
    this.#byName.set(name, host);
    this.#network.attach(host.ip, { listener: (port) => host.ports.get(port) });
    return host;
  }

  #nextAddress(): string {
    const network = NETWORKS[Math.floor(this.#named / PER_NETWORK)];
    if (network === undefined) throw new Error(`externalHosts: more than ${NETWORKS.length * PER_NETWORK} names`);
    return `${network}.${(this.#named++ % PER_NETWORK) + 1}`;
  }
}

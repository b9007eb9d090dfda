import type { Workload } from '../workloads/workload.ts';

/** Something with an address: a pod, or a program of an external host. */
export interface NetworkHost {
  /** What listens on the port, if anything does. */
  listener(port: number): Workload | undefined;
}

/** Why a connection came to nothing: nobody listens (RST), or no answer at all. */
export type DialFailure = 'refused' | 'timeout';

/** A connection that was made. */
export interface Dialled {
  readonly workload: Workload;
  /** Where it ended after address translation. */
  readonly ip: string;
  readonly port: number;
}

/**
 * Destination address translation (kube-proxy): where a connection to a virtual address goes. Undefined: not mine;
 * 'reject': refuse it (no endpoints); 'drop': let it time out.
 */
export type Translate = (
  ip: string,
  port: number,
  sourceIp: string,
) => { ip: string; port: number } | 'reject' | 'drop' | undefined;

/**
 * The cluster's one flat network: every pod reaches every other by IP, without NAT. There are no bytes: a dial answers
 * with the program that listens. `dial` is the one way to a pod, for the proxy, probes, exec and sibling pods alike.
 */
export class Network {
  readonly #hosts = new Map<string, NetworkHost>();
  #translate: Translate = () => undefined;

  /** Puts a host on the network under its address. Returns how to take it off. */
  attach(ip: string, host: NetworkHost): () => void {
    this.#hosts.set(ip, host);
    return () => {
      if (this.#hosts.get(ip) === host) this.#hosts.delete(ip);
    };
  }

  /** Whether somebody has this address. */
  has(ip: string): boolean {
    return this.#hosts.has(ip);
  }

  /** Lets kube-proxy translate service addresses. */
  translateWith(translate: Translate): void {
    this.#translate = translate;
  }

  /** @param sourceIp address of the caller, for session affinity and source rules */
  dial(ip: string, port: number, sourceIp: string): Dialled | DialFailure {
    const target = this.#translate(ip, port, sourceIp);
    if (target === undefined) return this.#reach(ip, port);
    if (target === 'reject') return 'refused';
    return target === 'drop' ? 'timeout' : this.#reach(target.ip, target.port);
  }

  #reach(ip: string, port: number): Dialled | DialFailure {
    const host = this.#hosts.get(ip);
    if (host === undefined) return 'timeout';
    const workload = host.listener(port);
    return workload === undefined ? 'refused' : { workload, ip, port };
  }
}

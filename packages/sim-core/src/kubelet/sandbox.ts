import type { Node } from '../api/core-v1/node.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import type { Asker } from '../network/dns/dns.ts';
import { ZONE } from '../network/dns/service-records.ts';
import type { Network, NetworkHost } from '../network/network.ts';
import type { Workload } from '../workloads/workload.ts';
import { NodeHosts } from './node-hosts.ts';
import { PodIps } from './pod-ips.ts';

/** What listens in a pod. */
export interface Listening {
  listener(port: number): Workload | undefined;
  readonly anyPort: boolean;
}

/** The network of one pod. */
export interface Sandbox {
  readonly ip: string;
  /** Takes the pod off the network and gives its address back; once. */
  remove(): void;
}

/** Makes the network of pods: an address, what listens on it, and what of it the node shows (CNI). */
export class Sandboxes {
  readonly #network: Network;
  readonly #nodes: NodeHosts;
  readonly #ips = new PodIps();

  constructor(network: Network) {
    this.#network = network;
    this.#nodes = new NodeHosts(network);
  }

  /** The node on which a pod has this address. */
  nodeOf(ip: string): string | undefined {
    return this.#ips.nodeOf(ip);
  }

  hostIp({ status }: Node): string {
    return status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  }

  /** Who a pod is when it asks for a name (dnsPolicy, /etc/hosts). */
  asker({ metadata, spec }: Pod, podIp: string): Asker {
    const { namespace = 'default', name } = metadata;
    const hostname = (spec.hostname ?? name).toLowerCase();
    const hosts = new Map<string, string>([[hostname, podIp]]);
    if (spec.subdomain) hosts.set(`${hostname}.${spec.subdomain}.${namespace}.svc.${ZONE}`, podIp);
    for (const { ip, hostnames } of spec.hostAliases ?? [])
      for (const alias of hostnames ?? []) hosts.set(alias.toLowerCase(), ip);
    const isClusterFirst =
      spec.dnsPolicy === 'ClusterFirstWithHostNet' ||
      (spec.hostNetwork !== true && (spec.dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst');
    return { ip: podIp, hosts, ...(isClusterFirst && { namespace }) };
  }

  create(pod: Pod, node: Node, containers: readonly Listening[]): Sandbox {
    const host: NetworkHost = { listener: (port) => listenerIn(containers, port) };
    const hostIp = this.hostIp(node);
    if (pod.spec.hostNetwork === true) return { ip: hostIp, remove: this.#nodes.addPod(hostIp, host) };
    const ip = this.#ips.allocate(node.metadata.name, node.spec?.podCIDR);
    const undo = [() => this.#ips.release(ip), this.#network.attach(ip, host), ...this.#hostPorts(pod, hostIp, host)];
    return {
      ip,
      remove: () => {
        for (const each of undo.splice(0)) each();
      },
    };
  }

  #hostPorts({ spec }: Pod, hostIp: string, host: NetworkHost): (() => void)[] {
    const ports = spec.containers.flatMap((container) => container.ports ?? []);
    return ports.flatMap(({ hostPort, containerPort }) =>
      hostPort ? [this.#nodes.addHostPort(hostIp, hostPort, host, containerPort)] : [],
    );
  }
}

/** Who declares the port, before who listens on any. */
function listenerIn(containers: readonly Listening[], port: number): Workload | undefined {
  let any: Workload | undefined;
  for (const container of containers) {
    const workload = container.listener(port);
    if (workload === undefined) continue;
    if (!container.anyPort) return workload;
    any ??= workload;
  }
  return any;
}

import type { Network, NetworkHost } from '../network/network.ts';

/** One node's own address: what its pods listen on there. */
interface NodeHost {
  /** hostPort → pod and its containerPort (CNI plugin portmap). */
  readonly hostPorts: Map<number, { host: NetworkHost; port: number }>;
  /** Pods with hostNetwork. */
  readonly pods: Set<NetworkHost>;
}

/** Puts pods on their node's address: those with hostNetwork as they are, hostPorts one by one. */
export class NodeHosts {
  readonly #network: Network;
  readonly #byIp = new Map<string, NodeHost>();

  constructor(network: Network) {
    this.#network = network;
  }

  /** A pod that has no address of its own. Returns how to take it off. */
  addPod(nodeIp: string, pod: NetworkHost): () => void {
    const { pods } = this.#node(nodeIp);
    pods.add(pod);
    return () => pods.delete(pod);
  }

  /** A port of the node that leads to a pod's port. Returns how to take it off. */
  addHostPort(nodeIp: string, hostPort: number, host: NetworkHost, port: number): () => void {
    const { hostPorts } = this.#node(nodeIp);
    const target = { host, port };
    hostPorts.set(hostPort, target);
    return () => {
      if (hostPorts.get(hostPort) === target) hostPorts.delete(hostPort);
    };
  }

  #node(ip: string): NodeHost {
    const known = this.#byIp.get(ip);
    if (known !== undefined) return known;
    const node: NodeHost = { hostPorts: new Map(), pods: new Set() };
    this.#byIp.set(ip, node);
    this.#network.attach(ip, { listener: (port) => listenerOn(node, port) });
    return node;
  }
}

function listenerOn({ hostPorts, pods }: NodeHost, port: number): ReturnType<NetworkHost['listener']> {
  const mapped = hostPorts.get(port);
  if (mapped !== undefined) return mapped.host.listener(mapped.port);
  for (const pod of pods) {
    const workload = pod.listener(port);
    if (workload !== undefined) return workload;
  }
  return undefined;
}

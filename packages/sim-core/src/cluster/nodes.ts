import { type Lease, leases } from '../api/coordination-v1/lease.ts';
import { type Node, nodes } from '../api/core-v1/node.ts';
import { formatIPv4 } from '../apimachinery/ip.ts';
import type { Client } from '../client/client.ts';
import { formatTime } from '../sim/clock.ts';

/** 10.0.0.10: node-1 has the next one. */
const FIRST_ADDRESS = 0x0a00_000a;
const ZONES: readonly string[] = Object.freeze(['us-east-1a', 'us-east-1b', 'us-east-1c']);

/** Address of the API server on the nodes' network. */
export const API_SERVER_IP = '10.0.0.10';

/** Registers the nodes as their kubelets would, spread over the zones of one region. */
export function registerNodes(client: Client, count: number, now: number): void {
  for (let number = 1; number <= count; number++) {
    const node = client.create(nodes, newNode(number));
    client.updateStatus(nodes, { ...node, status: nodeStatus(number, formatTime(now)) });
    client.create(leases, newLease(node, formatTime(now)));
  }
}

/** The lease by which a kubelet says that it lives; nobody renews it here (pkg/kubelet/nodelease). */
function newLease(node: Node, now: string): Lease {
  const { name, uid = '' } = node.metadata;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease', ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: now.replace('Z', '.000000Z') },
  };
}

function newNode(number: number): Node {
  const name = `node-${number}`;
  const zone = ZONES[(number - 1) % ZONES.length] as string;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'us-east-1',
        'topology.kubernetes.io/zone': zone,
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: `10.244.${number % 256}.0/24`,
      podCIDRs: [`10.244.${number % 256}.0/24`],
      providerID: `sandbox:///${zone}/${name}`,
    },
  };
}

/**
 * 4 CPUs and 16 GiB, so that requests that are too large are refused as on a real node. Deviation: a real kubelet takes
 * 110 pods (--max-pods), ours 10,000, so that large lessons fit on few nodes.
 */
function nodeStatus(number: number, now: string): NonNullable<Node['status']> {
  const capacity = { cpu: '4', 'ephemeral-storage': '80Gi', memory: '16Gi', pods: '10000' };
  const condition = (type: string, status: 'True' | 'False', reason: string, message: string) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return {
    addresses: [
      { type: 'InternalIP', address: formatIPv4(FIRST_ADDRESS + number) },
      { type: 'Hostname', address: `node-${number}` },
    ],
    capacity,
    allocatable: capacity,
    conditions: [
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ],
    nodeInfo: {
      machineID: identityOf(number),
      systemUUID: identityOf(number),
      bootID: identityOf(number),
      kernelVersion: 'simulated',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.33.3',
      osImage: 'k8s-ingress-sandbox (simulated)',
      operatingSystem: 'linux',
      architecture: 'amd64',
      containerRuntimeVersion: 'sandbox://1',
    },
  };
}

/** A node's machine ID: the same in every run. */
function identityOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

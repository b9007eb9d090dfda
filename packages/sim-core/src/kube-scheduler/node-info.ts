import type { Node } from '../api/core-v1/node.ts';
import type { ContainerPort, Pod } from '../api/core-v1/pod.ts';
import { controllerOf } from '../apimachinery/object-meta.ts';
import type { ResourceReader, Resources } from './resources.ts';

/** A port of the node itself that a pod takes. */
export interface HostPort {
  readonly protocol: string;
  readonly port: number;
}

/** What the scheduler looks at in a pod, read once. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Resources;
  /** Requests for scoring: containers that ask for nothing count a little (GetNonzeroRequests). */
  readonly weight: Resources;
  readonly hostPorts: readonly HostPort[];
  /** Uid of the controller; pods of one are spread. */
  readonly owner: string | undefined;
}

/** Reads a pod. */
export function podInfo(pod: Pod, reader: ResourceReader): PodInfo {
  const ports = pod.spec.containers.flatMap((container) => container.ports ?? []);
  const { asked, counted } = reader.requests(pod);
  return {
    pod,
    requests: asked,
    weight: counted,
    hostPorts: ports.flatMap((port) => hostPort(port, pod.spec.hostNetwork === true)),
    owner: controllerOf(pod)?.uid,
  };
}

function hostPort(
  { hostPort: port, containerPort, protocol = 'TCP' }: ContainerPort,
  hostNetwork: boolean,
): HostPort[] {
  const taken = port ?? (hostNetwork ? containerPort : undefined);
  return taken ? [{ protocol, port: taken }] : [];
}

/** A node with running sums over its pods (pkg/scheduler/framework/types.go, NodeInfo). */
export class NodeInfo {
  node: Node;
  allocatable: Resources;
  pods = 0;
  readonly requested = { milliCpu: 0, memory: 0, ephemeralStorage: 0 };
  readonly weight = { milliCpu: 0, memory: 0 };
  readonly #ports = new Map<string, number>();
  readonly #owners = new Map<string, number>();

  constructor(node: Node, allocatable: Resources) {
    this.node = node;
    this.allocatable = allocatable;
  }

  /** Counts a pod in (`sign` 1) or out (-1). */
  count(info: PodInfo, sign: 1 | -1): void {
    this.pods += sign;
    this.requested.milliCpu += sign * info.requests.milliCpu;
    this.requested.memory += sign * info.requests.memory;
    this.requested.ephemeralStorage += sign * info.requests.ephemeralStorage;
    this.weight.milliCpu += sign * info.weight.milliCpu;
    this.weight.memory += sign * info.weight.memory;
    for (const { protocol, port } of info.hostPorts) add(this.#ports, `${protocol}/${port}`, sign);
    if (info.owner !== undefined) add(this.#owners, info.owner, sign);
  }

  isPortTaken({ protocol, port }: HostPort): boolean {
    return this.#ports.has(`${protocol}/${port}`);
  }

  /** Pods here of that controller. */
  podsOf(owner: string | undefined): number {
    return owner === undefined ? 0 : (this.#owners.get(owner) ?? 0);
  }
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

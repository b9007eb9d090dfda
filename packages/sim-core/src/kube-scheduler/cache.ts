import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { keyOf, type NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { NodeInfo, type PodInfo, podInfo } from './node-info.ts';
import { ResourceReader } from './resources.ts';
import { VolumeBinding } from './volume-binding.ts';

/**
 * The scheduler's picture of the cluster: nodes with running sums, and which pods wait (pkg/scheduler/backend/cache).
 * It follows the store from its making on, so a placement costs nodes, not pods.
 */
export class SchedulerCache {
  /** The claims that pods wait for. */
  readonly volumes = new VolumeBinding();
  readonly #nodes = new Map<string, NodeInfo>();
  /** Pods that are counted on a node, by uid. */
  readonly #counted = new Map<string, { node: string; info: PodInfo }>();
  readonly #waiting = new Map<string, NamespacedName>();
  readonly #reader = new ResourceReader();

  constructor(client: Client) {
    for (const node of client.list(nodes)) this.#observeNode(node);
    for (const pod of client.list(pods)) this.#observePod(pod);
    client.watch(nodes, ({ type, object }) =>
      type === 'DELETED' ? this.#nodes.delete(object.metadata.name) : this.#observeNode(object),
    );
    client.watch(pods, ({ type, object }) => (type === 'DELETED' ? this.#forgetPod(object) : this.#observePod(object)));
  }

  /** Nodes in the order in which they were created. */
  nodes(): Iterable<NodeInfo> {
    return this.#nodes.values();
  }

  /** How many nodes there are. */
  get size(): number {
    return this.#nodes.size;
  }

  /** Whether any pod has no node. */
  get hasWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Pods without a node, in the order in which they came. */
  waiting(): NamespacedName[] {
    return [...this.#waiting.values()];
  }

  /** Reads a pod that is to be placed. */
  read(pod: Pod): PodInfo {
    return podInfo(pod, this.#reader);
  }

  #observeNode(node: Node): void {
    const { name } = node.metadata;
    const allocatable = this.#reader.allocatable(node.status?.allocatable);
    const known = this.#nodes.get(name);
    if (known !== undefined) {
      known.node = node;
      known.allocatable = allocatable;
      return;
    }
    const info = new NodeInfo(node, allocatable);
    this.#nodes.set(name, info);
    for (const { node: on, info: pod } of this.#counted.values()) if (on === name) info.count(pod, 1);
  }

  #observePod(pod: Pod): void {
    const { namespace = '', name, uid = '' } = pod.metadata;
    const node = pod.spec.nodeName;
    const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    if (!node && !ended && pod.metadata.deletionTimestamp === undefined)
      this.#waiting.set(keyOf(namespace, name), { namespace, name });
    else this.#waiting.delete(keyOf(namespace, name));
    if (!node || ended) this.#discount(uid);
    else if (this.#counted.get(uid)?.node !== node) this.#count(pod, node);
  }

  #forgetPod({ metadata }: Pod): void {
    this.#waiting.delete(keyOf(metadata.namespace ?? '', metadata.name));
    this.#discount(metadata.uid ?? '');
  }

  #count(pod: Pod, node: string): void {
    const uid = pod.metadata.uid ?? '';
    this.#discount(uid);
    const info = this.read(pod);
    this.#counted.set(uid, { node, info });
    this.#nodes.get(node)?.count(info, 1);
  }

  #discount(uid: string): void {
    const counted = this.#counted.get(uid);
    if (counted === undefined) return;
    this.#counted.delete(uid);
    this.#nodes.get(counted.node)?.count(counted.info, -1);
  }
}

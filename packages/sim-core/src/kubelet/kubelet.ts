import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { findCondition } from '../apimachinery/condition.ts';
import { type KubeObject, keyOf, type NamespacedName } from '../apimachinery/object-meta.ts';
import { newBadRequest, newNotFound } from '../apimachinery/status-error.ts';
import type { Client } from '../client/client.ts';
import type { KubeletConnection } from '../kube-apiserver/kubelet-connection.ts';
import type { HttpClient } from '../network/http-client.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import { hexDigits, type Random } from '../sim/random.ts';
import type { ContainerContext, Program } from '../workloads/program.ts';
import type { Container } from './container.ts';
import { ServiceEnv } from './env/service-env.ts';
import { ImageManager, type KubeletSettings } from './image-manager.ts';
import { nodeRecorders } from './node-recorders.ts';
import { sayingOnce } from './notices.ts';
import { PodWorker, type PodWorkerParts } from './pod-worker.ts';
import { Sandboxes } from './sandbox.ts';
import { createConnection } from './server/connection.ts';
import type { PodStats } from './stats.ts';
import { WaitingPods } from './waiting-pods.ts';

/** What the kubelet is built from. */
export interface KubeletParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly http: HttpClient;
  /** What images do, see `workloads/programs.ts`. */
  readonly programs: readonly Program[];
  /** Current settings of the Scenario; another object means: look at the images anew. */
  settings(): KubeletSettings;
  /** Lets the cluster react to what happened outside of a reconcile (Manager.settle). */
  settle(): void;
  /** Mints the token of a pod's service account; absent: pods get none. */
  tokenFor?(pod: Pod): string | undefined;
  /** Tells the person who runs the simulation something that a real cluster would not say. */
  notice(message: string): void;
  /** Makes certificates for the programs of containers; without it their TLS has none to show. */
  readonly selfSigned?: ContainerContext['selfSigned'];
}

/**
 * The kubelets of all nodes: runs the pods that the scheduler put on one (pkg/kubelet). Events carry their node as host.
 */
export class Kubelet {
  /** What the API server asks it: logs, exec, attach, port-forward. */
  readonly connection: KubeletConnection;
  readonly #parts: KubeletParts;
  readonly #sandboxes: Sandboxes;
  readonly #workerParts: PodWorkerParts;
  readonly #workers = new Map<string, PodWorker>();
  readonly #waiting = new WaitingPods();
  /**
   * Nodes that are not ready: their kubelet is stopped or cut off. What runs there runs on, but nobody looks at the API and
   * nobody writes to it, so that what node-lifecycle says of their pods stands.
   */
  readonly #cutOff = new Set<string>();
  #syncing = false;

  constructor(parts: KubeletParts) {
    const { client, clock, random, network, http, programs, settings } = parts;
    this.#parts = parts;
    const recorderOf = nodeRecorders(client, clock);
    const execIDs = random.fork('exec-ids');
    this.connection = createConnection({
      client,
      clock,
      newExecID: () => hexDigits(execIDs, 64),
      container: (...place) => this.#container(...place),
    });
    this.#sandboxes = new Sandboxes(network);
    for (const node of client.list(nodes)) this.#observe(node);
    client.watch(nodes, ({ type, object }) =>
      type === 'DELETED' ? this.#cutOff.delete(object.metadata.name) : this.#observe(object),
    );
    this.#workerParts = {
      services: {
        client,
        clock,
        network,
        http,
        images: new ImageManager({ programs, settings, random }),
        serviceEnv: new ServiceEnv(client),
        tokenFor: parts.tokenFor ?? (() => undefined),
        selfSigned: parts.selfSigned ?? (() => ({ certPem: '', keyPem: '' })),
        ids: random.fork('container-ids'),
        startTime: () => settings().delays.containerStart,
        notice: sayingOnce(parts.notice),
      },
      sandboxes: this.#sandboxes,
      event: (pod, nodeName, ...said) => {
        if (!this.#cutOff.has(nodeName)) recorderOf(nodeName).event(pod, ...said);
      },
      isConnected: (nodeName) => !this.#cutOff.has(nodeName),
      waitFor: (object, { pod }) => this.#waiting.add(object, keyOf(pod.metadata.namespace ?? '', pod.metadata.name)),
      settle: () => {
        if (!this.#syncing) parts.settle();
      },
    };
  }

  /** Makes the node's reality agree with the pod; called by the controller, which settles the cluster afterwards. */
  sync(key: NamespacedName): void {
    this.#syncing = true;
    try {
      this.#syncPod(key);
    } finally {
      this.#syncing = false;
    }
  }

  /** Pods that waited for this object; they look again when they are synced next. */
  waitingFor(resource: string, { metadata }: KubeObject): NamespacedName[] {
    return this.#waiting.release(`${resource}/${metadata.namespace ?? ''}/${metadata.name}`);
  }

  /** The node on which a pod has this address. */
  nodeOf(ip: string): string | undefined {
    return this.#sandboxes.nodeOf(ip);
  }

  /**
   * Ends a container's program on the spot, as a crash does: it is restarted as its pod's restartPolicy says.
   * @throws StatusError when there is no such pod or container, or it does not run
   */
  crash(
    namespace: string,
    name: string,
    options: { container?: string; exitCode?: number; reason?: string } = {},
  ): void {
    const worker = this.#worker(namespace, name);
    const named = worker.containers.filter(({ spec }) => (options.container ?? spec.name) === spec.name);
    const container = named.find(({ alive, role }) => alive && role === 'main') ?? named.find(({ alive }) => alive);
    if (container?.crash(options.exitCode ?? 1, options.reason) === true) return;
    throw newBadRequest(
      `container ${options.container ?? ''} in pod "${name}" is not running: there is nothing to crash`.replace(
        '  ',
        ' ',
      ),
    );
  }

  /** What every pod that runs has done so far, for the metrics-server. */
  *stats(): Iterable<PodStats> {
    for (const { pod, containers } of this.#workers.values()) {
      const running = containers.flatMap(({ stats }) => stats ?? []);
      if (running.length > 0) yield { pod, containers: running };
    }
  }

  #syncPod({ namespace, name }: NamespacedName): void {
    const key = keyOf(namespace, name);
    const pod = this.#parts.client.get(pods, namespace, name);
    let worker = this.#workers.get(key);
    if (worker !== undefined && worker.uid !== pod?.metadata.uid) {
      this.#workers.delete(key);
      worker.destroy();
      worker = undefined;
    }
    if (pod === undefined) return;
    const isRetry = this.#waiting.takeRetry(key);
    if (worker === undefined) this.#begin(key, pod);
    else if (isRetry) worker.retry();
    else worker.update(pod);
  }

  #container(namespace: string, pod: string, name: string): Container | undefined {
    return this.#workers.get(keyOf(namespace, pod))?.containers.find(({ spec }) => spec.name === name);
  }

  #worker(namespace: string, name: string): PodWorker {
    const worker = this.#workers.get(keyOf(namespace, name));
    if (worker !== undefined) return worker;
    const pod = this.#parts.client.get(pods, namespace, name);
    if (pod === undefined) throw newNotFound(pods, name);
    throw newBadRequest(
      pod.spec.nodeName ? `pod ${name} does not run any more` : `pod ${name} does not have a host assigned`,
    );
  }

  #begin(key: string, pod: Pod): void {
    const { nodeName } = pod.spec;
    const { phase } = pod.status ?? {};
    if (!nodeName || phase === 'Succeeded' || phase === 'Failed') return;
    const node = this.#parts.client.get(nodes, '', nodeName);
    if (node === undefined || this.#cutOff.has(nodeName)) return this.#waiting.add(`nodes//${nodeName}`, key);
    const worker = new PodWorker(pod, node, this.#workerParts);
    this.#workers.set(key, worker);
    worker.update(pod);
  }

  /** Takes note of a node's condition; without one it is taken for ready. */
  #observe({ metadata, status }: Node): void {
    const ready = findCondition(status?.conditions, 'Ready');
    if (ready === undefined || ready.status === 'True') this.#cutOff.delete(metadata.name);
    else this.#cutOff.add(metadata.name);
  }
}

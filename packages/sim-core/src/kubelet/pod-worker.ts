import type { Node } from '../api/core-v1/node.ts';
import { type Container as ContainerSpec, type Pod, pods } from '../api/core-v1/pod.ts';
import { PendingError } from '../apimachinery/pending-error.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import { type Cancel, formatTime } from '../sim/clock.ts';
import { WrittenFiles } from '../workloads/files/volume-files.ts';
import { ActiveDeadline } from './active-deadline.ts';
import { Container } from './container.ts';
import { containerStatus } from './container-status.ts';
import { isRestartableInit } from './pod-conditions.ts';
import type { KubeletServices, PodRuntime } from './pod-runtime.ts';
import { PodSetup } from './pod-setup.ts';
import { podStatus } from './pod-status.ts';
import type { PodView } from './pod-view.ts';
import type { Sandboxes } from './sandbox.ts';

/** Milliseconds until a write that the API server has refused is tried again (pkg/kubelet/status, syncPeriod). */
const WRITE_AGAIN = 10_000;

/** What the kubelet gives a pod worker besides what all containers share. */
export interface PodWorkerParts {
  readonly services: KubeletServices;
  readonly sandboxes: Sandboxes;
  event(
    pod: Pod,
    nodeName: string,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    fieldPath?: string,
  ): void;
  waitFor(object: string, worker: PodWorker): void;
  /** Whether the node's kubelet reaches the API server. */
  isConnected(nodeName: string): boolean;
  /** Lets the cluster react to what happened outside of a reconcile. */
  settle(): void;
}

/**
 * One pod on its node, from the first look to its removal (pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod). Level-triggered: every
 * sync looks at what is there, goes on as far as nothing has to be waited for, and writes the status once. Without
 * delays that is one write from Pending to Ready.
 */
export class PodWorker implements PodRuntime {
  readonly uid: string;
  readonly node: Node;
  readonly services: KubeletServices;
  /** In the order of the manifest, init containers first, those that were added to the running pod last. */
  readonly containers: Container[];
  pod: Pod;
  /** The pod as this worker last wrote it: its own echo needs no sync. */
  written: Pod | undefined;
  readonly #parts: PodWorkerParts;
  readonly #init: readonly Container[];
  readonly #main: readonly Container[];
  readonly #startTime: number;
  readonly #setup: PodSetup;
  readonly #deadline: ActiveDeadline;
  #asker: PodRuntime['asker'] | undefined;
  #volumes: Map<string, WrittenFiles> | undefined;
  #initialized: boolean;
  #failure: PodView['failure'];
  /** Seconds that the pod has to end, once it is told to. */
  #grace = Number.POSITIVE_INFINITY;
  /** Nothing runs any more and nothing will. */
  #over = false;
  #gone = false;
  #syncing = false;
  #again = false;
  #writeAgain: Cancel | undefined;

  constructor(pod: Pod, node: Node, parts: PodWorkerParts) {
    this.pod = pod;
    this.uid = pod.metadata.uid ?? '';
    this.node = node;
    this.services = parts.services;
    this.#parts = parts;
    this.#setup = new PodSetup(this, parts.sandboxes);
    this.#startTime = parts.services.clock.now();
    this.#deadline = new ActiveDeadline(parts.services.clock, this.#startTime);
    const { initContainers = [], containers } = pod.spec;
    const waiting = initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    this.#init = initContainers.map(
      (spec) => new Container(spec, isRestartableInit(spec) ? 'sidecar' : 'init', this, waiting),
    );
    this.#main = containers.map((spec) => new Container(spec, 'main', this, waiting));
    this.containers = [...this.#init, ...this.#main];
    this.#initialized = initContainers.length === 0;
  }

  volume(name: string): WrittenFiles {
    this.#volumes ??= new Map();
    const files = this.#volumes.get(name) ?? new WrittenFiles();
    this.#volumes.set(name, files);
    return files;
  }

  get podIp(): string {
    return this.#setup.sandbox?.ip ?? '';
  }

  get hostIp(): string {
    return this.#parts.sandboxes.hostIp(this.node);
  }

  get asker(): PodRuntime['asker'] {
    this.#asker ??= this.#parts.sandboxes.asker(this.pod, this.podIp);
    return this.#asker;
  }

  /** The API has a new state of the pod. */
  update(pod: Pod): void {
    if (pod !== this.written) this.wake();
  }

  wake(): void {
    if (this.#gone) return;
    const { name: nodeName } = this.node.metadata;
    if (!this.#parts.isConnected(nodeName)) return this.waitFor(`nodes//${nodeName}`);
    this.#again = true;
    if (this.#syncing) return;
    this.#syncing = true;
    try {
      while (this.#again) {
        this.#again = false;
        if (this.#refresh()) this.#sync();
      }
      this.#write(() => this.#writeStatus());
    } finally {
      this.#syncing = false;
    }
    if (this.#over && this.pod.metadata.deletionTimestamp !== undefined) this.#write(() => this.#remove());
    this.#parts.settle();
  }

  /** A kubelet survives what webhooks do to its writes, and goes on trying. */
  #write(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error instanceof PendingError) return error.whenReady(() => error.again(() => this.wake()));
      this.#writeAgain?.();
      this.#writeAgain = this.services.clock.after(WRITE_AGAIN, () => this.wake());
    }
  }

  waitFor(object: string): void {
    this.#parts.waitFor(object, this);
  }

  /** What the pod waited for may be there: everything that waits looks again. */
  retry(): void {
    this.#setup.retry();
    for (const container of this.containers) container.retry();
    this.wake();
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void {
    this.#parts.event(this.pod, this.node.metadata.name, type, reason, message, fieldPath);
  }

  /** The pod is gone from the API: everything ends at once. */
  destroy(): void {
    this.#gone = true;
    for (const container of this.containers) {
      if (container.alive)
        this.event(
          'Normal',
          'Killing',
          `Stopping container ${container.spec.name}`,
          `spec.containers{${container.spec.name}}`,
        );
      container.kill();
    }
    this.#tearDown();
  }

  /** Takes what the API says now, so that nothing is written over a change that was not looked at. @returns whether the pod is there */
  #refresh(): boolean {
    const { namespace = '', name } = this.pod.metadata;
    const current = this.services.client.get(pods, namespace, name);
    if (current?.metadata.uid !== this.uid) return false;
    this.pod = current;
    for (const container of this.#main) container.update(specOf(current.spec.containers, container));
    for (const spec of current.spec.ephemeralContainers ?? [])
      if (!this.containers.some((each) => each.spec.name === spec.name))
        this.containers.push(new Container(spec, 'ephemeral', this, 'ContainerCreating'));
    return true;
  }

  get #ephemeral(): Container[] {
    return this.containers.filter(({ role }) => role === 'ephemeral');
  }

  #sync(): void {
    if (this.#over) return;
    if (this.pod.metadata.deletionTimestamp !== undefined)
      this.#terminate(this.pod.metadata.deletionGracePeriodSeconds ?? 0);
    else if (this.#failure !== undefined) this.#terminate(this.pod.spec.terminationGracePeriodSeconds ?? 30);
    else this.#advance();
  }

  /** Sandbox, then init containers one after the other, then all others. */
  #advance(): void {
    if (!this.#setup.ensure(this.containers)) return;
    const { restartPolicy = 'Always', activeDeadlineSeconds } = this.pod.spec;
    this.#deadline.watch(activeDeadlineSeconds, () => this.#exceed());
    for (const container of this.#ephemeral) container.ensure('Never');
    for (const container of this.#init) {
      if (this.#initialized && container.role === 'init') continue;
      container.ensure(restartPolicy);
      if (container.role === 'init' && container.isOver(restartPolicy) && !container.completed) return this.#finish();
      if (!this.#initialized && !(container.role === 'init' ? container.completed : container.started)) return;
    }
    this.#initialized = true;
    for (const container of this.#main) container.ensure(restartPolicy);
    if (this.#main.every((container) => container.isOver(restartPolicy))) this.#finish();
  }

  #exceed(): void {
    const message = 'Pod was active on the node longer than the specified deadline';
    this.#failure = { reason: 'DeadlineExceeded', message };
    this.event('Normal', 'DeadlineExceeded', message);
    this.wake();
  }

  /** Main containers first; sidecars end when nobody needs them any more. */
  #terminate(gracePeriodSeconds: number): void {
    const others = this.containers.filter(({ role }) => role !== 'sidecar');
    if (gracePeriodSeconds < this.#grace) {
      this.#grace = gracePeriodSeconds;
      for (const container of this.containers) container.stopKilling();
      for (const container of others) container.stop(gracePeriodSeconds, `Stopping container ${container.spec.name}`);
    }
    if (others.every(({ alive }) => !alive)) this.#finish(gracePeriodSeconds);
  }

  /** Everything that was to run has ended: the sidecars end too, and with them the pod. */
  #finish(gracePeriodSeconds = this.pod.spec.terminationGracePeriodSeconds ?? 30): void {
    const sidecars = this.#init.filter(({ role }) => role === 'sidecar');
    for (const container of sidecars) container.stop(gracePeriodSeconds, `Stopping container ${container.spec.name}`);
    if (sidecars.some(({ alive }) => alive)) return;
    this.#over = true;
    for (const container of this.#ephemeral) container.kill();
    this.#tearDown();
  }

  #tearDown(): void {
    this.#deadline.end();
    this.#setup.remove();
  }

  /** The last act: the object goes (pkg/kubelet/status/status_manager.go, canBeDeleted). */
  #remove(): void {
    const { namespace = '', name } = this.pod.metadata;
    this.#gone = true;
    try {
      this.services.client.delete(pods, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid: this.uid } });
    } catch (error) {
      this.#gone = false;
      throw error;
    }
  }

  #writeStatus(): void {
    if (!this.#refresh()) return;
    this.written = this.services.client.updateStatus(pods, { ...this.pod, status: podStatus(this.#view()) });
    this.pod = this.written;
  }

  #view(): PodView {
    return {
      pod: this.pod,
      containerStatuses: this.#main.map(containerStatus),
      initContainerStatuses: this.#init.map(containerStatus),
      ephemeralContainerStatuses: this.#ephemeral.map(containerStatus),
      hasSandbox: this.#setup.sandbox !== undefined && !this.#over,
      initialized: this.#initialized,
      terminal: this.#over || Number.isFinite(this.#grace),
      ...(this.#failure && { failure: this.#failure }),
      podIp: this.#setup.sandbox?.ip,
      hostIp: this.hostIp,
      startTime: formatTime(this.#startTime),
      now: formatTime(this.services.clock.now()),
    };
  }
}

function specOf(specs: readonly ContainerSpec[], { spec }: Container): ContainerSpec {
  return specs.find(({ name }) => name === spec.name) ?? spec;
}

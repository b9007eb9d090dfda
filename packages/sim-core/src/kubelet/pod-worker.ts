import type { Node } from '../api/core-v1/node.ts';
import { type Container as ContainerSpec, type Pod, pods } from '../api/core-v1/pod.ts';
import type { Cancel } from '../sim/clock.ts';
import { formatTime } from '../sim/clock.ts';
import { BackOff } from './back-off.ts';
import { Container } from './container.ts';
import { containerStatus } from './container-status.ts';
import { isRestartableInit } from './pod-conditions.ts';
import type { KubeletServices, PodRuntime } from './pod-runtime.ts';
import { podStatus } from './pod-status.ts';
import type { PodView } from './pod-view.ts';
import type { Sandbox, Sandboxes } from './sandbox.ts';
import { mountFailures } from './volumes.ts';

/** First and longest wait between two attempts to mount a volume (pkg/util/goroutinemap/exponentialbackoff). */
const FIRST_MOUNT_RETRY = 500;
const LONGEST_MOUNT_RETRY = 122_000;

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
  /** In the order of the manifest, init containers first. */
  readonly containers: readonly Container[];
  pod: Pod;
  /** The pod as this worker last wrote it: its own echo needs no sync. */
  written: Pod | undefined;
  readonly #parts: PodWorkerParts;
  readonly #init: readonly Container[];
  readonly #main: readonly Container[];
  readonly #startTime: number;
  readonly #mountBackOff = new BackOff(FIRST_MOUNT_RETRY, LONGEST_MOUNT_RETRY);
  #mountRetry: Cancel | undefined;
  #deadline: Cancel | undefined;
  #sandbox: Sandbox | undefined;
  #initialized: boolean;
  #failure: PodView['failure'];
  /** Seconds that the pod has to end, once it is told to. */
  #grace = Number.POSITIVE_INFINITY;
  /** Nothing runs any more and nothing will. */
  #over = false;
  #gone = false;
  #syncing = false;
  #again = false;

  constructor(pod: Pod, node: Node, parts: PodWorkerParts) {
    this.pod = pod;
    this.uid = pod.metadata.uid ?? '';
    this.node = node;
    this.services = parts.services;
    this.#parts = parts;
    this.#startTime = parts.services.clock.now();
    const { initContainers = [], containers } = pod.spec;
    const waiting = initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    this.#init = initContainers.map(
      (spec) => new Container(spec, isRestartableInit(spec) ? 'sidecar' : 'init', this, waiting),
    );
    this.#main = containers.map((spec) => new Container(spec, 'main', this, waiting));
    this.containers = [...this.#init, ...this.#main];
    this.#initialized = initContainers.length === 0;
  }

  get podIp(): string {
    return this.#sandbox?.ip ?? '';
  }

  get hostIp(): string {
    return this.#parts.sandboxes.hostIp(this.node);
  }

  get asker(): PodRuntime['asker'] {
    return this.#parts.sandboxes.asker(this.pod, this.podIp);
  }

  /** The API has a new state of the pod. */
  update(pod: Pod): void {
    if (pod === this.written) return;
    this.pod = pod;
    for (const container of this.#main) container.update(specOf(pod.spec.containers, container));
    this.wake();
  }

  wake(): void {
    if (this.#gone) return;
    this.#again = true;
    if (this.#syncing) return;
    this.#syncing = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#sync();
      }
      this.#writeStatus();
    } finally {
      this.#syncing = false;
    }
    if (this.#over && this.pod.metadata.deletionTimestamp !== undefined) this.#remove();
    this.#parts.settle();
  }

  waitFor(object: string): void {
    this.#parts.waitFor(object, this);
  }

  /** What the pod waited for may be there: everything that waits looks again. */
  retry(pod: Pod): void {
    this.pod = pod;
    this.#mountRetry?.();
    this.#mountRetry = undefined;
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

  #sync(): void {
    if (this.#over) return;
    if (this.pod.metadata.deletionTimestamp !== undefined)
      this.#terminate(this.pod.metadata.deletionGracePeriodSeconds ?? 0);
    else if (this.#failure !== undefined) this.#terminate(this.pod.spec.terminationGracePeriodSeconds ?? 30);
    else this.#advance();
  }

  /** Sandbox, then init containers one after the other, then all others. */
  #advance(): void {
    if (this.#sandbox === undefined && !this.#createSandbox()) return;
    this.#watchDeadline();
    const { restartPolicy = 'Always' } = this.pod.spec;
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

  /** @returns whether the pod has its network and volumes now */
  #createSandbox(): boolean {
    if (this.#mountRetry !== undefined) return false;
    const { clock, client } = this.services;
    const failures = mountFailures(this.pod, client);
    if (failures.length === 0) {
      this.#sandbox = this.#parts.sandboxes.create(this.pod, this.node, this.containers);
      return true;
    }
    for (const { message, missing } of failures) {
      this.event('Warning', 'FailedMount', message);
      this.waitFor(missing);
    }
    this.#mountBackOff.next(clock.now(), clock.now());
    this.#mountRetry = clock.after(this.#mountBackOff.delay, () => this.retry(this.pod));
    return false;
  }

  /** activeDeadlineSeconds: how long the pod may be active (pkg/kubelet/active_deadline.go). */
  #watchDeadline(): void {
    const { activeDeadlineSeconds } = this.pod.spec;
    if (activeDeadlineSeconds === undefined || this.#deadline !== undefined) return;
    const { clock } = this.services;
    this.#deadline = clock.after(this.#startTime + activeDeadlineSeconds * 1000 - clock.now(), () => {
      this.#failure = {
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the specified deadline',
      };
      this.event('Normal', 'DeadlineExceeded', this.#failure.message);
      this.wake();
    });
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
    this.#tearDown();
  }

  #tearDown(): void {
    this.#mountRetry?.();
    this.#deadline?.();
    this.#sandbox?.remove();
  }

  /** The last act: the object goes (pkg/kubelet/status/status_manager.go, canBeDeleted). */
  #remove(): void {
    const { namespace = '', name } = this.pod.metadata;
    this.#gone = true;
    this.services.client.delete(pods, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid: this.uid } });
  }

  #writeStatus(): void {
    const { client } = this.services;
    const current = client.get(pods, this.pod.metadata.namespace ?? '', this.pod.metadata.name);
    if (current === undefined || current.metadata.uid !== this.uid) return;
    this.pod = current;
    this.written = client.updateStatus(pods, { ...current, status: podStatus(this.#view()) });
    this.pod = this.written;
  }

  #view(): PodView {
    return {
      pod: this.pod,
      containerStatuses: this.#main.map(containerStatus),
      initContainerStatuses: this.#init.map(containerStatus),
      hasSandbox: this.#sandbox !== undefined && !this.#over,
      initialized: this.#initialized,
      terminal: this.#over || Number.isFinite(this.#grace),
      ...(this.#failure && { failure: this.#failure }),
      podIp: this.#sandbox?.ip,
      hostIp: this.hostIp,
      startTime: formatTime(this.#startTime),
      now: formatTime(this.services.clock.now()),
    };
  }
}

function specOf(specs: readonly ContainerSpec[], { spec }: Container): ContainerSpec {
  return specs.find(({ name }) => name === spec.name) ?? spec;
}

import type { Container as ContainerSpec, ContainerState } from '../api/core-v1/pod.ts';
import { formatDuration } from '../apimachinery/duration.ts';
import { formatTime } from '../sim/clock.ts';
import type { Workload } from '../workloads/workload.ts';
import { Appointment } from './appointment.ts';
import { contextFor, type Prepared } from './container-context.ts';
import { ContainerCreation } from './container-creation.ts';
import { type ContainerLog, ContainerLogs } from './container-log.ts';
import { ContainerOutput } from './container-output.ts';
import { ContainerProbes } from './container-probes.ts';
import { type ContainerView, newContainerID, terminatedState } from './container-status.ts';
import type { Image } from './image-manager.ts';
import { ContainerLife } from './life.ts';
import { runHook } from './lifecycle-hook.ts';
import type { PodRuntime } from './pod-runtime.ts';
import { probeTarget } from './probe-target.ts';
import { type ContainerRole, Restarts } from './restarts.ts';
import type { ContainerStats } from './stats.ts';

/** Where containers of a role stand in the pod's spec. */
const LISTS: Readonly<Record<ContainerRole, string>> = Object.freeze({
  init: 'initContainers',
  sidecar: 'initContainers',
  ephemeral: 'ephemeralContainers',
  main: 'containers',
});

/** One container of a pod through all its lives (pkg/kubelet/kuberuntime/kuberuntime_container.go). */
export class Container implements ContainerView {
  spec: ContainerSpec;
  readonly role: ContainerRole;
  state: ContainerState;
  lastState: ContainerState | undefined;
  ready = false;
  started = false;
  restartCount = 0;
  containerID: string | undefined;
  /** It has run, and succeeded at least once: an init container is not run again. */
  completed = false;
  /** What the present life writes, or the last one wrote. */
  output: ContainerOutput | undefined;
  readonly #pod: PodRuntime;
  readonly #fieldPath: string;
  readonly #restarts: Restarts;
  #creation: ContainerCreation;
  #image: Image | undefined;
  #life: ContainerLife | undefined;
  #probes: ContainerProbes | undefined;
  readonly #logs = new ContainerLogs();
  #exit: { readonly code: number; readonly at: number } | undefined;
  readonly #appointment: Appointment;

  constructor(spec: ContainerSpec, role: ContainerRole, pod: PodRuntime, waitingReason: string) {
    this.spec = spec;
    this.role = role;
    this.#pod = pod;
    this.#fieldPath = `spec.${LISTS[role]}{${spec.name}}`;
    this.state = { waiting: { reason: waitingReason } };
    this.#restarts = new Restarts(role);
    this.#appointment = new Appointment(pod.services.clock, () => pod.wake());
    this.#creation = this.#newCreation();
  }

  get image(): string | undefined {
    return this.#image?.name;
  }

  get imageID(): string {
    return this.#image?.id ?? '';
  }

  /** Its present life. */
  get life(): ContainerLife | undefined {
    return this.#life;
  }

  /** Whether its program is there, also while it is being stopped. */
  get alive(): boolean {
    return this.#life !== undefined;
  }

  /** Exit code of its last life, while no other has begun. */
  get exitCode(): number | undefined {
    return this.#life === undefined ? this.#exit?.code : undefined;
  }

  /** Whether it will never run again under this policy. */
  isOver(restartPolicy: string): boolean {
    return this.exitCode !== undefined && !this.#restarts.allowed(restartPolicy, this.exitCode);
  }

  /** Makes it run, as far as nothing has to be waited for. Level-triggered: may be called at any time. */
  ensure(restartPolicy: string): void {
    if (this.#life !== undefined || this.#appointment.busy) return;
    if (this.#exit !== undefined) {
      if (!this.#restarts.allowed(restartPolicy, this.#exit.code)) return;
      const wait = this.#restarts.wait(this.#exit.at, this.#now());
      if (wait > 0) return this.#waitBeforeRestart(wait);
    }
    this.#creation.run();
  }

  listener(port: number): Workload | undefined {
    return this.#life?.listener(port);
  }

  get anyPort(): boolean {
    return this.#life?.anyPort === true;
  }

  /** Log of this life, or of the one before; undefined when there was none. */
  log(previous: boolean): ContainerLog | undefined {
    if (!previous) return this.#logs.current;
    // Between two lives the last one is "previous" as soon as the status says so.
    return this.lastState === undefined ? undefined : this.#logs.previous(this.state.terminated === undefined);
  }

  /** What it has done since it was started; undefined while it does not run. */
  get stats(): ContainerStats | undefined {
    if (this.#life === undefined) return undefined;
    const { cpuPerRequest } = this.#image?.behaviour ?? {};
    return { container: this.spec, life: this.#life, ...(cpuPerRequest !== undefined && { cpuPerRequest }) };
  }

  /** The program ends on the spot: a fault. False when it does not run. */
  crash(code: number, reason: string | undefined): boolean {
    const running = this.#life !== undefined;
    this.#life?.exit(code, reason);
    return running;
  }

  /** Ends it gracefully: preStop, SIGTERM, after the grace period SIGKILL. A further call may shorten the grace. */
  stop(gracePeriodSeconds: number, message: string): void {
    this.#appointment.end();
    const life = this.#life;
    if (life === undefined) return;
    if (!life.stopping) this.#event('Normal', 'Killing', message);
    const { preStop } = this.spec.lifecycle ?? {};
    life.stop(
      gracePeriodSeconds * 1000,
      preStop &&
        ((done) => runHook(preStop, probeTarget(this.spec, life, this.#pod), (error) => this.#preStopped(error, done))),
    );
  }

  /** What it waits for has changed: it looks again at once. */
  retry(): void {
    if (this.state.waiting?.reason === 'CreateContainerConfigError') this.#appointment.end();
  }

  /** Takes a changed image: a running program is stopped and started anew (kubelet computePodActions, "definition changed"). */
  update(spec: ContainerSpec): void {
    if (spec.image === this.spec.image) return;
    this.spec = spec;
    this.#creation = this.#newCreation();
    this.#appointment.end();
    this.stop(this.#gracePeriod(), `Container ${spec.name} definition changed, will be restarted`);
  }

  /** SIGKILL without a word: the pod is gone from the API. */
  kill(): void {
    this.#appointment.end();
    this.#life?.killAfter(0);
  }

  /** The pod is going: it is not killed for bad health any more. */
  stopKilling(): void {
    this.#probes?.stopKilling();
  }

  #waitBeforeRestart(wait: number): void {
    const { name, namespace, uid } = this.#pod.pod.metadata;
    const pod = `${name}_${namespace}(${uid})`;
    const message = `back-off ${formatDuration(this.#restarts.delay)} restarting failed container=${this.spec.name} pod=${pod}`;
    if (this.state.terminated !== undefined) this.lastState = this.state;
    this.#event('Warning', 'BackOff', `Back-off restarting failed container ${this.spec.name} in pod ${pod}`);
    this.state = { waiting: { reason: 'CrashLoopBackOff', message } };
    this.#appointment.retryAfter(wait);
  }

  #newCreation(): ContainerCreation {
    return new ContainerCreation(this.spec, this.#pod, this.#appointment, {
      waiting: (reason, message) => {
        this.state = { waiting: { reason, message } };
      },
      created: (image, prepared) => this.#start(image, prepared),
      event: (type, reason, message) => this.#event(type, reason, message),
    });
  }

  #start(image: Image, prepared: Prepared): void {
    this.#image = image;
    const { clock, ids } = this.#pod.services;
    const output = new ContainerOutput(this.#logs.begin(), () => clock.now());
    this.output = output;
    if (this.#exit !== undefined) {
      this.restartCount++;
      if (this.state.terminated !== undefined) this.lastState = this.state;
    }
    this.#appointment.end();
    this.#exit = undefined;
    this.containerID = newContainerID(ids);
    const life = new ContainerLife({
      program: image.program,
      clock,
      behaviour: image.behaviour,
      output,
      newContext: (context) => contextFor(this.spec, image, this.#pod, prepared, context),
      onExit: (code, reason) => this.#onExit(life, code, reason),
    });
    this.#life = life;
    this.#event('Normal', 'Started', `Started container ${this.spec.name}`);
    life.start();
    if (this.#life === life) this.#runPostStart(life, image);
  }

  #runPostStart(life: ContainerLife, image: Image): void {
    const { postStart } = this.spec.lifecycle ?? {};
    if (postStart === undefined) return this.#run(life, image);
    runHook(postStart, probeTarget(this.spec, life, this.#pod), (error) => {
      if (this.#life !== life) return;
      this.#run(life, image);
      if (error !== undefined) this.#event('Warning', 'FailedPostStartHook', 'PostStartHook failed');
      if (error !== undefined) this.stop(this.#gracePeriod(), 'FailedPostStartHook');
      this.#pod.wake();
    });
  }

  #run(life: ContainerLife, image: Image): void {
    this.state = { running: { startedAt: formatTime(life.startedAt) } };
    this.started = this.role === 'init';
    if (this.role === 'init' || this.role === 'ephemeral') return;
    const readyAt = life.startedAt + (image.behaviour.readyAfter ?? 0);
    this.#probes = new ContainerProbes(this.spec, life, this.#pod, readyAt, {
      onUnhealthy: (message) => this.#event('Warning', 'Unhealthy', message),
      onStarted: () => this.#set('started', true),
      onReady: (ready) => this.#set('ready', ready),
      onDead: (kind, grace) =>
        this.stop(grace ?? this.#gracePeriod(), `Container ${this.spec.name} failed ${kind} probe, will be restarted`),
    });
    this.#probes.start();
  }

  #set(field: 'started' | 'ready', value: boolean): void {
    if (this[field] === value) return;
    this[field] = value;
    this.#pod.wake();
  }

  #preStopped(error: string | undefined, done: () => void): void {
    if (error !== undefined) this.#event('Warning', 'FailedPreStopHook', 'PreStopHook failed');
    done();
  }

  #onExit(life: ContainerLife, exitCode: number, reason: string | undefined): void {
    const at = this.#now();
    this.#probes?.stop();
    this.output?.end(exitCode);
    this.#logs.end();
    this.#life = undefined;
    this.#exit = { code: exitCode, at };
    this.completed ||= exitCode === 0;
    this.ready = this.role === 'init' && exitCode === 0;
    this.started = false;
    this.state = terminatedState(exitCode, reason, life.startedAt, at, this.containerID);
    this.#pod.wake();
  }

  #gracePeriod(): number {
    return this.#pod.pod.spec.terminationGracePeriodSeconds ?? 30;
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#pod.event(type, reason, message, this.#fieldPath);
  }

  #now(): number {
    return this.#pod.services.clock.now();
  }
}

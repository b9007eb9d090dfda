import type { Container as ContainerSpec } from '../api/core-v1/pod.ts';
import type { Appointment } from './appointment.ts';
import { type Prepared, prepare } from './container-context.ts';
import { ConfigError } from './env/environment.ts';
import type { Image } from './image-manager.ts';
import { ImagePull } from './image-pull.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** Wait before a container that lacks its configuration is tried again (pod workers' backOffPeriod). */
const CONFIG_RETRY = 10_000;

/** What a creation reports to its container. */
export interface CreationEvents {
  /** Why the container waits. */
  waiting(reason: string, message: string): void;
  /** Image and configuration are there, the start delay is over. */
  created(image: Image, prepared: Prepared): void;
  event(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** The way to a container that can be started: image, environment, start delay (kuberuntime_container.go startContainer). */
export class ContainerCreation {
  readonly #spec: ContainerSpec;
  readonly #pod: PodRuntime;
  readonly #appointment: Appointment;
  readonly #events: CreationEvents;
  readonly #pull: ImagePull;

  constructor(spec: ContainerSpec, pod: PodRuntime, appointment: Appointment, events: CreationEvents) {
    this.#spec = spec;
    this.#pod = pod;
    this.#appointment = appointment;
    this.#events = events;
    this.#pull = new ImagePull(spec, pod, events.event);
  }

  run(): void {
    this.#appointment.begin();
    this.#pull.run({
      ready: (image) => this.#create(image),
      waiting: this.#events.waiting,
      after: (milliseconds, next) => this.#appointment.after(milliseconds, next),
    });
  }

  #create(image: Image): void {
    const { event, created } = this.#events;
    try {
      const prepared = prepare(this.#spec, this.#pod);
      event('Normal', 'Created', `Created container: ${this.#spec.name}`);
      this.#appointment.after(this.#pod.services.startTime(), () => created(image, prepared));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#lacks(error);
    }
  }

  #lacks({ message, missing }: ConfigError): void {
    this.#events.event('Warning', 'Failed', `Error: ${message}`);
    this.#events.waiting('CreateContainerConfigError', message);
    this.#pod.waitFor(missing);
    this.#appointment.retryAfter(CONFIG_RETRY);
  }
}

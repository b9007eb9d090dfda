import type { Container, Pod } from '../api/core-v1/pod.ts';
import type { Workload } from './workload.ts';

/** What the Scenario says of an image's behaviour; every field optional (interfaces.md, "Scenario settings"). */
export interface ImageBehaviour {
  /** Program by name, see the table in `programs.ts`. */
  program?: string;
  ports?: number[];
  /** Milliseconds of cluster time. */
  pull?: number;
  /** Milliseconds of cluster time from start until it listens. */
  startup?: number;
  /** Milliseconds of request time. */
  latency?: number;
  /** Share of requests answered 500, 0 to 1. */
  errorRate?: number;
  /** Milliseconds after start until probes succeed. */
  readyAfter?: number;
  /** Milliseconds after start until the program exits with code 1. */
  crashAfter?: number;
  /** Status of every answer. */
  status?: number;
  /** Status by path. */
  paths?: Record<string, number>;
}

/** What a container knows of itself and may use. */
export interface ContainerContext {
  readonly pod: Pod;
  readonly container: Container;
  readonly podIp: string;
  readonly nodeName: string;
  /** Image reference taken apart. */
  readonly image: ImageReference;
  readonly behaviour: ImageBehaviour;
  /** Environment with every valueFrom and service variable resolved. */
  readonly env: Readonly<Record<string, string>>;
  /** Command line: command and args after $(VAR) expansion. */
  readonly argv: readonly string[];
  /** Appends a line to the container's log. */
  log(line: string): void;
  /** Ends the container with this code. */
  exit(code: number): void;
}

/** `registry/repository:tag@digest`, taken apart. */
export interface ImageReference {
  readonly text: string;
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

/** A program that runs in a container. */
export interface RunningProgram {
  /** What listens on the port. */
  listener(port: number): Workload | undefined;
  /** SIGTERM: finish what is under way. Calls `done` when it has. Without it the program exits at once. */
  stop?(done: () => void): void;
}

/** An image's program: how a container starts. A program that ends by itself calls `context.exit`. */
export interface Program {
  readonly name: string;
  start(context: ContainerContext): RunningProgram;
}

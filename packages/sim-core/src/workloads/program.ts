import type { Container, Pod } from '../api/core-v1/pod.ts';
import type { Clock } from '../sim/clock.ts';
import type { RandomStream } from '../sim/random.ts';
import type { Fetch } from './fetch.ts';
import type { ContainerFiles } from './files/container-files.ts';
import type { FileText } from './files/file-entry.ts';
import type { ImageReference } from './image-reference.ts';
import type { PodNetwork } from './name-server.ts';
import type { ProcessTable } from './process-table.ts';
import type { Workload } from './workload.ts';

/** What the Scenario says of an image's behaviour; every field optional (interfaces.md, "Scenario settings"). */
export interface ImageBehaviour {
  /** Program by name, see the table in `programs.ts`. */
  program?: string;
  ports?: number[];
  /** Ports on which it speaks TLS, with the certificate that a Secret mounts or one of its own. */
  tls?: number[];
  /** Milliseconds of cluster time. */
  pull?: number;
  /** Milliseconds of cluster time from start until it listens. */
  startup?: number;
  /** Milliseconds of request time. */
  latency?: number;
  /** Milliseconds of CPU time that a request costs: what `kubectl top` and autoscalers see. Nothing is slowed down. */
  cpuPerRequest?: number;
  /** Share of requests answered 500, 0 to 1. Probes draw nothing and are spared. */
  errorRate?: number;
  /** Milliseconds of cluster time after start until probes succeed. */
  readyAfter?: number;
  /** Milliseconds of cluster time after start until the program exits with code 1. */
  crashAfter?: number;
  /** Status of every answer. */
  status?: number;
  /** Status by path. */
  paths?: Record<string, number>;
}

/** Who a certificate is for. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
}

/** A certificate and its private key, PEM; '' where nobody can make one, as in a browser tab. */
export interface CertificateAndKey {
  readonly certPem: string;
  readonly keyPem: string;
}

/** A line of a log, or what can be put into words later: most lines of a busy server are never read. */
export type LogText = string | { toString(): string };

/** What a container knows of itself and may use. */
export interface ContainerContext {
  readonly pod: Pod;
  readonly container: Container;
  readonly podIp: string;
  readonly nodeName: string;
  /** Image reference taken apart. */
  readonly image: ImageReference;
  readonly behaviour: ImageBehaviour;
  /**
   * Environment with every valueFrom and service variable resolved. Service variables are inherited (a prototype shared
   * by the namespace), so that `for … in` and reading by name see them and `Object.keys` lists what the pod declares.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Command line: command and args after $(VAR) expansion. */
  readonly argv: readonly string[];
  /** The cluster's clock; timers that are set here die with the container. */
  readonly clock: Clock;
  /** Chance of this image: one stream for all its containers. */
  readonly chance: RandomStream;
  /** Sends a request over the cluster's network; names resolve as in this pod. */
  readonly fetch: Fetch;
  /** IPv4 address of a name as this pod's resolver finds it. */
  resolve(name: string): string | undefined;
  /** The pod's network below HTTP. */
  readonly network: PodNetwork;
  /** Makes a certificate that is signed with its own key. */
  selfSigned(subject: CertificateSubject): CertificateAndKey;
  /** Its file system; made when it is asked for first. */
  files(): ContainerFiles;
  /** What runs in it; made when it is asked for first. */
  processes(): ProcessTable;
  /** Appends a line to the container's log. */
  log(line: LogText): void;
  /** Writes to its standard output or error, as it is: to the log and to whoever is attached. */
  write(text: string, stream: 'stdout' | 'stderr'): void;
  /** Tells the person who runs the simulation something that a real container would not say; once each. */
  notice(message: string): void;
  /** Ends the container with this code. */
  exit(code: number): void;
}

/** The standard input of a program, with its terminal if it has one. */
export interface Console {
  type(text: string): void;
  /** Nobody types any more. */
  hangUp(): void;
  resize(columns: number): void;
  /** Somebody has come who has not seen the prompt. */
  redraw(): void;
}

/** A program that runs in a container. */
export interface RunningProgram {
  /** What listens on the port. */
  listener(port: number): Workload | undefined;
  /** How many requests came so far; absent: it serves none. */
  requests?(): number;
  /** Listens on whatever is dialled: asked after all others of its pod. */
  readonly anyPort?: boolean;
  /** SIGTERM: finish what is under way. Calls `done` when it has. Without it the program exits at once. */
  stop?(done: () => void): void;
  /** Where what an attached client types goes; a program that reads nothing has none. */
  readonly console?: Console;
  /** SIGKILL, or the end of the program: what is still under way breaks off. */
  kill?(): void;
}

/** An image's program: how a container starts. A program that ends by itself calls `context.exit`. */
export interface Program {
  readonly name: string;
  /** Images that it stands for: globs of `registry/repository`, or with `:tag`; see `image-pattern.ts`. */
  readonly images: readonly string[];
  /** Files that its image has, by absolute path. */
  files?(context: ContainerContext): Readonly<Record<string, FileText>>;
  start(context: ContainerContext): RunningProgram;
}

/** Which lines of a container's log are wanted (core/v1 PodLogOptions). */
export interface LogRequest {
  readonly container?: string;
  readonly follow?: boolean;
  /** The life before the present one. */
  readonly previous?: boolean;
  readonly sinceSeconds?: number;
  /** Milliseconds of cluster time. */
  readonly sinceTime?: number;
  readonly tailLines?: number;
  readonly timestamps?: boolean;
  readonly limitBytes?: number;
}

/** A log: what is there, and with `follow` what comes. */
export interface LogReader {
  /** Whole lines, each with its line break. */
  readonly text: string;
  /**
   * Only with `follow`, and only while the container lives: calls `next` for each later piece and `end` once when no more
   * comes. Returns how to stop.
   */
  follow?(next: (text: string) => void, end: () => void): () => void;
}

/** What to run in a container, or what to attach to it (core/v1 PodExecOptions, PodAttachOptions). */
export interface ExecRequest {
  readonly container?: string;
  /** Empty for attach. */
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** Where the output of a process goes. With a tty everything is stdout. */
export interface ProcessOutput {
  stdout(chunk: string | Uint8Array): void;
  stderr(chunk: string | Uint8Array): void;
  /**
   * It ended, once. A code other than 0 becomes a Status with reason NonZeroExitCode and the message
   * `command terminated with non-zero exit code: exit status N`; `message` stands for an error of the runtime instead, as for a
   * program that is not there.
   */
  exit(code: number, message?: string): void;
}

/** A process whose input somebody holds. */
export interface RemoteProcess {
  stdin(chunk: Uint8Array): void;
  endStdin(): void;
  resize(columns: number, rows: number): void;
  /** The client has gone. */
  kill(): void;
}

/**
 * What the API server asks the kubelet of a pod's node (pkg/kubelet/server/server.go). Everything throws StatusError in the
 * API server's or the kubelet's words.
 */
export interface KubeletConnection {
  logs(namespace: string, pod: string, request: LogRequest): LogReader;
  exec(namespace: string, pod: string, request: ExecRequest, output: ProcessOutput): RemoteProcess;
  attach(namespace: string, pod: string, request: ExecRequest, output: ProcessOutput): RemoteProcess;
  /** Address of the pod for port-forward, once it runs. @throws StatusError when it does not */
  podIp(namespace: string, pod: string): string;
}

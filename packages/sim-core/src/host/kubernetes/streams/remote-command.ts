import type { CommandEnd } from '../../../apimachinery/command-status.ts';
import type { ProcessOutput, RemoteProcess } from '../../../kube-apiserver/kubelet-connection.ts';

/** Most bytes that wait for a client; one that reads slower than its command writes is cut off. */
const MOST_UNREAD = 16 * 1024 * 1024;

/** A connection to the client of a command, whatever its protocol. */
export interface CommandClient {
  /** Bytes that the client has not taken yet. */
  readonly buffered: number;
  send(stream: 'stdout' | 'stderr', chunk: Uint8Array): void;
  /** Tells how it ended, after all output, and closes. */
  finish(end: CommandEnd): void;
  destroy(): void;
}

/** Which streams a client asked for. */
export interface CommandStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** A command between its process and its client. Output that comes before the client is ready waits. */
export class RemoteCommand implements ProcessOutput {
  readonly #subresource: CommandEnd['subresource'];
  readonly #streams: CommandStreams;
  readonly #onError: (error: unknown) => void;
  readonly #waiting: { stream: 'stdout' | 'stderr'; bytes: Uint8Array }[] = [];
  #waitingBytes = 0;
  #client: CommandClient | undefined;
  #process: RemoteProcess | undefined;
  #end: CommandEnd | undefined;
  #hasStdin: boolean;
  #isGone = false;

  constructor(subresource: CommandEnd['subresource'], streams: CommandStreams, onError: (error: unknown) => void) {
    this.#subresource = subresource;
    this.#streams = streams;
    this.#onError = onError;
    this.#hasStdin = streams.stdin;
  }

  /** @throws StatusError of the kubelet */
  start(start: (output: ProcessOutput) => RemoteProcess): void {
    this.#process = start(this);
    if (this.#isGone) this.#process.kill();
  }

  /** The client is ready. */
  connect(client: CommandClient): void {
    this.#client = client;
    if (this.#isGone) return client.destroy();
    for (const { stream, bytes } of this.#waiting.splice(0)) client.send(stream, bytes);
    if (this.#end !== undefined) client.finish(this.#end);
  }

  stdout(chunk: string | Uint8Array): void {
    if (this.#streams.stdout) this.#send('stdout', chunk);
  }

  stderr(chunk: string | Uint8Array): void {
    if (this.#streams.tty) this.stdout(chunk);
    else if (this.#streams.stderr) this.#send('stderr', chunk);
  }

  exit(code: number, message?: string): void {
    if (this.#end !== undefined || this.#isGone) return;
    this.#end = { subresource: this.#subresource, code, message } as CommandEnd;
    this.#client?.finish(this.#end);
  }

  stdin(chunk: Uint8Array): void {
    if (this.#hasStdin) this.#tell((process) => process.stdin(chunk));
  }

  endStdin(): void {
    if (this.#hasStdin) this.#tell((process) => process.endStdin());
    this.#hasStdin = false;
  }

  resize(columns: number, rows: number): void {
    if (this.#streams.tty) this.#tell((process) => process.resize(columns, rows));
  }

  /** The client has left: so does the process. */
  gone(): void {
    this.#waiting.length = 0;
    this.#tell((process) => process.kill());
    this.#isGone = true;
  }

  get #isRunning(): boolean {
    return this.#end === undefined && !this.#isGone;
  }

  /** An error of a process ends its client's connection, nothing else. */
  #tell(what: (process: RemoteProcess) => void): void {
    if (!this.#isRunning || this.#process === undefined) return;
    try {
      what(this.#process);
    } catch (error) {
      this.#onError(error);
      this.#isGone = true;
      this.#client?.destroy();
    }
  }

  #send(stream: 'stdout' | 'stderr', chunk: string | Uint8Array): void {
    if (!this.#isRunning || chunk.length === 0) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.#client === undefined) {
      this.#waiting.push({ stream, bytes });
      this.#waitingBytes += bytes.length;
    } else this.#client.send(stream, bytes);
    if ((this.#client?.buffered ?? this.#waitingBytes) > MOST_UNREAD) this.#cutOff();
  }

  #cutOff(): void {
    this.#client?.destroy();
    this.gone();
  }
}

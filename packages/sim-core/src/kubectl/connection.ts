/** One request to the API server. */
export interface KubectlRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Its answer. */
export interface KubectlAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Texts of `Warning: 299` headers. */
  readonly warnings: readonly string[];
}

/** An answer that goes on: a watch, a followed log. */
export interface KubectlStream {
  /** With the body of a refusal; that of a success comes in pieces. */
  readonly answer: KubectlAnswer;
  /** Resolves at the end of the body. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** How a program in a container ended, and what it is fed. */
export interface ExecStreams {
  readonly stdin?: string;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** The way to the API server: https on the command line, a function call in the page. */
export interface KubectlConnection {
  /** host:port, as messages name it. */
  readonly server: string;
  /** @throws ConnectionRefused when nobody answers */
  request(request: KubectlRequest): Promise<KubectlAnswer>;
  stream(request: KubectlRequest, onText: (text: string) => void): Promise<KubectlStream>;
  /** Runs a program in a container; resolves with the Status of channel 3, or with a refusal. */
  exec?(path: string, streams: ExecStreams): Promise<unknown>;
}

/** Nobody listens there. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

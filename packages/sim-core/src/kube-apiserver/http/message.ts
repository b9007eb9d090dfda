/** A request to the API server; no bytes were parsed to make it, whoever listens did that. */
export interface ApiRequest {
  readonly method: string;
  /** Request target in origin form: path and query, as sent. */
  readonly url: string;
  /** By lower-case name; several lines of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body; empty when there is none. */
  readonly body: Uint8Array;
  /** Whether it comes from a pod: those need credentials even where clients outside of the cluster do not. */
  readonly fromPod?: boolean;
}

/** An answer that is there as a whole. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An answer that goes on: a watch, a followed log. */
export interface StreamingResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Starts to send. Called once, when the head is out. Returns what to do when the client goes. */
  stream(sink: ResponseSink): () => void;
}

/** Where a streaming answer goes. */
export interface ResponseSink {
  /** False: the client reads slower than we write; what is buffered must stay bounded. */
  write(chunk: string | Uint8Array): boolean;
  end(): void;
}

export type ApiResponse = WholeResponse | StreamingResponse;

/** What a client told in its TLS handshake. No bytes were exchanged: that it is there says that the client spoke TLS. */
export interface TlsSession {
  /** Server name that it asked for (SNI); '' for none. */
  readonly serverName: string;
  /** The certificate that it showed: PEM, and whose it is. */
  readonly client?: { readonly certificate: string; readonly subject: string };
}

/**
 * A request as a program in a pod receives it. No bytes were parsed to make it: headers are flat, as they came over the
 * wire (`[name, value, name, value …]`), and a body is a web stream so that back-pressure holds all the way.
 */
export interface HttpRequest {
  readonly method: string;
  /** Request target in origin form, raw: path and query. */
  readonly url: string;
  readonly httpVersion: string;
  readonly headers: readonly string[];
  /** Address that the receiver sees. */
  readonly remoteAddress: string;
  /** Absent when the request has no body. */
  readonly body?: ReadableStream<Uint8Array>;
  /** The whole body, where it was sent in one piece from inside of the cluster: who has it need not wait for the stream. */
  readonly text?: string;
  /** Set where the client speaks TLS. */
  readonly tls?: TlsSession | undefined;
}

/** Where a program writes its answer. */
export interface HttpResponse {
  /**
   * Sends the head; once. Headers are flat and go out in this order.
   * @param reason other words behind the status than usual
   * @param hasTrailers whether the end brings trailers
   */
  writeHead(status: number, headers: readonly string[], reason?: string, hasTrailers?: boolean): void;
  /** Sends a piece of the body. False: wait for `drained` before sending more. */
  write(chunk: Uint8Array | string): boolean;
  /** Resolves when more may be written, or when the other side has gone. */
  drained(): Promise<void>;
  /**
   * Sends the last piece and finishes.
   * @param size bytes of a text, where the sender knows them
   * @param trailers flat; what was not announced with the head may be left out
   */
  end(chunk?: Uint8Array | string, size?: number, trailers?: readonly string[]): void;
  /** Breaks the connection: the other side sees a reset, not an end. */
  destroy(): void;
  /** Whether the other side has gone or the answer is finished; writing more is useless. */
  readonly closed: boolean;
  /** Calls back once when the other side goes away before the answer was finished. */
  onClose(callback: () => void): void;
}

/** Two ends of a byte stream: an upgraded connection (WebSocket) or plain TCP. */
export interface Duplex {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** What no HTTP server can take as a request. */
export type MalformedRequest =
  | 'bad-request'
  | 'headers-too-large'
  | 'uri-too-long'
  | 'not-implemented'
  | 'version-not-supported';

/** A request as a FastCGI program receives it. */
export interface FastcgiRequest extends HttpRequest {
  /** FCGI_PARAMS, flat: `HTTP_…` for headers among them. */
  readonly params: readonly string[];
}

/** What listens on one port of a pod. */
export interface Workload {
  /** The certificate (PEM) with which it speaks TLS; absent: it does not. Inside of the cluster TLS carries no bytes. */
  readonly certificate?: string;
  /** The private key (PEM) of the certificate: real handshakes of clients outside of the cluster need it. */
  readonly key?: string;
  http?(request: HttpRequest, response: HttpResponse): void;
  /** A request for another protocol: answers through `response`, or takes the raw connection over, the 101 included. */
  upgrade?(request: HttpRequest, response: HttpResponse, takeOver: () => Duplex): void;
  /** Answers bytes that are no request; the connection ends afterwards. Without it the connection just ends. */
  malformed?(kind: MalformedRequest, response: HttpResponse): void;
  /** A call of gRPC: HTTP/2, whose answer may end with trailers. */
  grpc?(request: HttpRequest, response: HttpResponse): void;
  /** A request of FastCGI, the CGI variables among its members. */
  fastcgi?(request: FastcgiRequest, response: HttpResponse): void;
  tcp?(connection: Duplex): void;
}

/** Whether it speaks TLS. To ask for the certificate itself would make one. */
export function speaksTls(workload: Workload): boolean {
  return 'certificate' in workload;
}

/** The value of a header, by lower-case name; the first one where it stands more than once. */
export function headerValue(headers: readonly string[], lowerCaseName: string): string | undefined {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length !== lowerCaseName.length) continue;
    if (name === lowerCaseName || name.toLowerCase() === lowerCaseName) return headers[i + 1];
  }
  return undefined;
}

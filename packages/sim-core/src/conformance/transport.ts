import type { Cluster } from '../index.ts';

/** A request as a client sends it, byte for byte. */
export interface ClientRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Host header. */
  readonly host: string;
  /** As it is sent. */
  readonly path: string;
  /** Flat, beside Host and Content-Length. */
  readonly headers: readonly string[];
  readonly body?: string;
  /** Server name of the TLS hello; '' for none. */
  readonly sni: string;
}

/** What came back. */
export interface ClientAnswer {
  /** 0: the connection ended without an answer. */
  readonly status: number;
  /** `HTTP/1.1`; '' without an answer. */
  readonly protocol: string;
  /** Flat, as they came. */
  readonly headers: readonly string[];
  readonly body: string;
  /** What the server showed in the handshake. */
  readonly certificate?: ServedCertificate;
}

export interface ServedCertificate {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
}

/** What the Kubernetes API answered. */
export interface ApiAnswer {
  readonly status: number;
  /** `Warning` headers as they came. */
  readonly warnings: readonly string[];
  readonly body: string;
}

/** The way from a client to a cluster: sockets, or in memory in virtual time. */
export interface Transport {
  /** Sends one request, on a kept connection where there is one. */
  send(request: ClientRequest): Promise<ClientAnswer>;
  /** Sends requests all at once, each on a connection of its own. */
  sendAll(requests: readonly ClientRequest[]): Promise<ClientAnswer[]>;
  /** Posts JSON to the Kubernetes API. */
  post(path: string, body: unknown): Promise<ApiAnswer>;
  close(): Promise<void>;
}

/** Opens the way to a cluster. */
export type OpenTransport = (cluster: Cluster) => Promise<Transport>;

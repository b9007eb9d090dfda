import type { Duplex, HttpRequest, HttpResponse, MalformedRequest } from '../../workloads/workload.ts';

/** Where a client's connection is to go: a load balancer's port. */
export interface EdgeTarget {
  /**
   * Host name that the client went to, lower case, without port or trailing dot; '' when it named none. A load
   * balancer's host name means that load balancer, anything else the ingress controller's.
   */
  readonly host: string;
  readonly servicePort: number;
  /** Set when the client speaks TLS; `sni` is '' when it sent no server name. */
  readonly tls?: { readonly sni: string };
}

/** Who connects: IPv4 where the socket has an IPv4-mapped address, 127.0.0.1 for ::1. */
export interface EdgeClient {
  readonly address: string;
  readonly port: number;
  /** What it showed in the TLS handshake. */
  readonly certificate?: ClientCertificate;
}

/** No connection: no load balancer there yet, or none of its targets is healthy … */
export interface EdgeRefusal {
  /** Short name of the reason; the console is told once until it changes. */
  readonly refused: string;
  /** One sentence for the console: what happened and what to do next. */
  readonly message: string;
  /** The load balancer that refused, if there is one; named as in {@link EdgeConnection.via}. */
  readonly loadBalancer?: string;
}

/**
 * A connection through a load balancer to one target, where it stays. It is one per client connection and authority:
 * network load balancers know flows, not requests.
 */
export interface EdgeConnection {
  /** The way that it took. */
  readonly via: { readonly loadBalancer?: string };
  /** Serves one request. Requests of one connection come in order and may be under way together (pipelining). */
  http(request: HttpRequest, response: HttpResponse): void;
  /**
   * Serves a request that asks for another protocol: either takes the connection over, raw (the 101 included), or
   * answers through `response`.
   */
  upgrade(request: HttpRequest, response: HttpResponse, takeOver: () => Duplex): void;
  /** Answers bytes that are no request as the program at the other end would. The connection ends afterwards. */
  malformed(kind: MalformedRequest, response: HttpResponse): void;
  /** Whether the target, or the load balancer, is gone. */
  readonly closed: boolean;
  /** Calls back once when the target or the load balancer goes away; the client's connection ends then. */
  onClose(callback: () => void): void;
  /** The client has gone. */
  close(): void;
}

/** Certificate and key for a TLS handshake, PEM; the same object for the same certificate as long as nothing changes. */
export interface EdgeCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** For messages: the Secret, or what the fake certificate is called. */
  readonly name: string;
}

/** What the client proved of itself: it was asked for a certificate and sent one. */
export interface ClientCertificate {
  readonly pem: string;
  /** Names as RFC 2253 writes them. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  /** SHA-1, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** What is wrong with it in OpenSSL's words; '' for nothing. */
  readonly error: string;
  /** Certificates between it and the authority. */
  readonly intermediates: number;
}

/** How a handshake goes, but for the certificate; the same object as long as nothing changes. */
export interface EdgeSsl {
  /** Of TLS 1.2, in OpenSSL's words. */
  readonly ciphers: string;
  readonly preferServerCiphers: boolean;
  /** Authorities of the clients that are asked for a certificate; undefined: nobody is asked. */
  readonly client?: { readonly caPem: string; readonly crlPem: string };
}

/** What a TLS handshake is answered with. */
export interface EdgeTls {
  readonly certificate: EdgeCertificate;
  readonly ssl: EdgeSsl;
  /** Whether HTTP/2 is offered. */
  readonly http2: boolean;
}

/** A load balancer that answers. */
export interface EdgeLoadBalancer {
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly ports: readonly { readonly port: number; readonly scheme: 'http' | 'https' }[];
}

/** What the edge needs of a cluster: the inside of the wall that its sockets stand on. */
export interface EdgeEngine {
  connect(target: EdgeTarget, client: EdgeClient): EdgeConnection | EdgeRefusal;
  /** How a handshake is answered, as the program at the other end would; undefined: nobody there speaks TLS. */
  tlsFor(target: EdgeTarget, client: EdgeClient): EdgeTls | undefined;
  /** Load balancers that answer now. */
  loadBalancers(): readonly EdgeLoadBalancer[];
  /** Calls back when {@link loadBalancers} may have changed. Returns how to stop. */
  onLoadBalancersChanged(callback: () => void): () => void;
}

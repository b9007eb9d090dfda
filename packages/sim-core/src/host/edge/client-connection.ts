import type { Duplex as NodeDuplex } from 'node:stream';
import { type HttpRequest, type HttpResponse, headerValue, type MalformedRequest } from '../../workloads/workload.ts';
import { clientAddress, parseAuthority } from './authority.ts';
import { BalancerConnections, type ConnectionOwner } from './balancer-connections.ts';
import type { Clients } from './clients.ts';
import type { ClientCertificate, EdgeClient, EdgeConnection, EdgeEngine } from './engine.ts';
import { Http1Connection, type Http1Handler, type HttpParts, type TakenOver } from './http1/connection.ts';
import type { Http2Handler } from './http2/connection.ts';
import type { Problems } from './problems.ts';
import { isRedirect, withHttpsPort } from './redirect.ts';
import { type Entry, isOriginForm, type Requested, routeOf, targetOf } from './route.ts';
import { duplexOf } from './streams.ts';

/** What all client connections of an edge share. */
export interface EdgeParts {
  readonly engine: EdgeEngine;
  readonly problems: Problems;
  readonly onError: (error: unknown) => void;
  readonly http: HttpParts;
  /** Connections that are open. */
  readonly clients: Clients;
  /** Serves what comes through a tunnel that a client asked for. */
  readonly openTunnel: (host: string, port: number, socket: NodeDuplex) => void;
}

/** What the newest request found, for the next one with the same Host header: on most connections, all of them. */
interface Found {
  readonly hostHeader: string;
  readonly connection: EdgeConnection;
  /** The newest request without a body, and the head that it was made from: clients send the same head again and again. */
  head?: Requested;
  request?: HttpRequest;
}

/** What is spoken on a client's connection. */
export interface ClientProtocol {
  /** Whether answers are owed. */
  readonly busy: boolean;
  /** Ends the connection as soon as nothing is under way on it. */
  end(): void;
  /** Ends the connection now, with what was written. */
  cut(): void;
}

/** Begins to speak HTTP/2 on a connection. */
export type SpeakHttp2 = (socket: NodeDuplex, handler: Http2Handler, parts: HttpParts) => ClientProtocol;

/**
 * One client's connection: finds the load balancer connection for each request and keeps it, so that keep-alive requests
 * stay on their target.
 */
export class ClientConnection implements Http1Handler, Http2Handler, ConnectionOwner {
  readonly #parts: EdgeParts;
  readonly #entry: Entry;
  readonly #socket: NodeDuplex;
  readonly #sni: string | undefined;
  readonly #client: EdgeClient;
  readonly #balancers: BalancerConnections;
  readonly #protocol: ClientProtocol;
  #found: Found | undefined;

  /**
   * @param sni server name of the TLS handshake, '' without one; undefined on a plain connection
   * @param speakHttp2 where client and server agreed on it
   * @param certificate what the client showed in the handshake
   */
  constructor(
    parts: EdgeParts,
    entry: Entry,
    socket: NodeDuplex,
    sni: string | undefined,
    speakHttp2?: SpeakHttp2,
    certificate?: ClientCertificate,
  ) {
    this.#parts = parts;
    this.#entry = entry;
    this.#socket = socket;
    this.#sni = sni;
    this.#client = certificate === undefined ? clientOf(socket) : { ...clientOf(socket), certificate };
    this.#balancers = new BalancerConnections(parts, this.#client, this);
    this.#protocol = speakHttp2?.(socket, this, parts.http) ?? new Http1Connection(socket, this, parts.http);
    parts.clients.add(this, socket);
  }

  serve(head: Requested, body: ReadableStream<Uint8Array> | undefined, response: HttpResponse): void {
    const found = this.#found;
    if (
      found !== undefined &&
      found.hostHeader === head.host &&
      !found.connection.closed &&
      isOriginForm(head.target)
    ) {
      return this.#forward(found.connection, this.#again(found, head, body), response);
    }
    const route = routeOf(head, this.#entry, this.#sni);
    const connection = this.#balancers.to(route.target);
    if (connection === undefined) return;
    if (this.#found === undefined) this.#lookAtClient(head);
    if (!route.proxied) this.#found = { hostHeader: head.host, connection };
    this.#forward(connection, this.#requestOf(head, route.url, route.headers, body), response);
  }

  upgrade(head: Requested, response: HttpResponse, takeOver: () => TakenOver): void {
    const route = routeOf(head, this.#entry, this.#sni);
    const connection = this.#balancers.to(route.target);
    if (connection === undefined) return;
    const request = this.#requestOf(head, route.url, route.headers, undefined);
    const take = () => {
      const { socket, head: first } = takeOver();
      return duplexOf(socket, first);
    };
    this.#guard(response, () => connection.upgrade(request, response, take));
  }

  /** CONNECT host:port: the tunnel ends inside. */
  connect({ target }: Requested, response: HttpResponse, takeOver: () => TakenOver): void {
    const authority = parseAuthority(target);
    if (authority?.port === undefined || authority.host === '') {
      this.#protocol.end();
      return this.malformed('bad-request', response);
    }
    const reached = this.#balancers.to({ host: authority.host, servicePort: authority.port });
    if (reached === undefined) return;
    this.#balancers.closeAll();
    const { socket, head } = takeOver();
    this.#parts.clients.delete(this);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.#parts.openTunnel(authority.host, authority.port, socket);
  }

  /** Answers bytes that are no request; what came before them on this connection says who answers. */
  malformed(kind: MalformedRequest, response: HttpResponse): void {
    const host = parseAuthority(this.#found?.hostHeader ?? '')?.host ?? '';
    const connection = this.#balancers.to(targetOf(this.#entry, host, this.#sni));
    if (connection !== undefined) this.#guard(response, () => connection.malformed(kind, response));
  }

  located(head: Requested, status: number, headers: readonly string[]): readonly string[] {
    if (!isRedirect(status)) return headers;
    const { host, proxied } = routeOf(head, this.#entry, this.#sni);
    const port = proxied ? undefined : this.#entry.redirectPort();
    return port === undefined ? headers : withHttpsPort(headers, host, port);
  }

  /** Ends the connection as soon as nothing is under way on it. */
  end(): void {
    this.#protocol.end();
  }

  get busy(): boolean {
    return this.#protocol.busy;
  }

  refuse(): void {
    this.#socket.destroy();
  }

  cut(): void {
    this.#protocol.cut();
  }

  closed(): void {
    this.#balancers.closeAll();
  }

  /** The request of a head that came in origin form: the same one for the same head, so that who serves it knows it again. */
  #again(found: Found, head: Requested, body: ReadableStream<Uint8Array> | undefined): HttpRequest {
    if (found.head === head && body === undefined && found.request !== undefined) return found.request;
    const request = this.#requestOf(head, head.target, head.headers, body);
    found.head = head;
    found.request = body === undefined ? request : undefined;
    return request;
  }

  #requestOf(
    { method, version }: Requested,
    url: string,
    headers: readonly string[],
    body: ReadableStream<Uint8Array> | undefined,
  ): HttpRequest {
    return { method, url, httpVersion: version, headers, remoteAddress: this.#client.address, body };
  }

  #forward(connection: EdgeConnection, request: HttpRequest, response: HttpResponse): void {
    try {
      connection.http(request, response);
    } catch (error) {
      this.#failed(error, response);
    }
  }

  #guard(response: HttpResponse, serve: () => void): void {
    try {
      serve();
    } catch (error) {
      this.#failed(error, response);
    }
  }

  /** An error of the engine ends this client's connection, not the process. */
  #failed(error: unknown, response: HttpResponse): void {
    this.#parts.onError(error);
    response.destroy();
  }

  #lookAtClient({ headers }: Requested): void {
    if (headerValue(headers, 'user-agent')?.startsWith('kubectl/') !== true) return;
    const message =
      'kubectl asked a load balancer, which is no Kubernetes API: its KUBECONFIG does not lead to this sandbox. Set it: export KUBECONFIG=$(npx k8s-ingress-sandbox kubeconfig)';
    this.#parts.problems.once({ reason: 'kubectl-at-load-balancer', message });
  }
}

/** Who is at the other end of a socket. */
export function clientOf(socket: NodeDuplex): EdgeClient {
  const { remoteAddress, remotePort } = socket as { remoteAddress?: string; remotePort?: number };
  return { address: clientAddress(remoteAddress), port: remotePort ?? 0 };
}

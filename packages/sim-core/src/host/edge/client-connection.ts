import type { Duplex as NodeDuplex } from 'node:stream';
import { type HttpRequest, type HttpResponse, headerValue, type MalformedRequest } from '../../workloads/workload.ts';
import { clientAddress, parseAuthority } from './authority.ts';
import type { Clients } from './clients.ts';
import type { EdgeClient, EdgeConnection, EdgeEngine, EdgeTarget } from './engine.ts';
import { Http1Connection, type Http1Handler, type Http1Parts, type TakenOver } from './http1/connection.ts';
import type { RequestHead } from './http1/parse-head.ts';
import type { Problems } from './problems.ts';
import { isRedirect, withHttpsPort } from './redirect.ts';
import { type Entry, isOriginForm, routeOf, targetOf } from './route.ts';
import { duplexOf } from './streams.ts';

/** Most load balancer connections that one client connection holds; a proxy's client may ask for many hosts. */
const MOST_CONNECTIONS = 32;

/** What all client connections of an edge share. */
export interface EdgeParts {
  readonly engine: EdgeEngine;
  readonly problems: Problems;
  readonly onError: (error: unknown) => void;
  readonly http: Http1Parts;
  /** Connections that are open. */
  readonly clients: Clients;
  /** Serves what comes through a tunnel that a client asked for. */
  readonly openTunnel: (host: string, port: number, socket: NodeDuplex) => void;
}

/** What the newest request found, for the next one with the same Host header: on most connections, all of them. */
interface Found {
  readonly hostHeader: string;
  readonly connection: EdgeConnection;
}

/**
 * One client's connection: finds the load balancer connection for each request and keeps it, so that keep-alive requests
 * stay on their target.
 */
export class ClientConnection implements Http1Handler {
  readonly #parts: EdgeParts;
  readonly #entry: Entry;
  readonly #socket: NodeDuplex;
  readonly #sni: string | undefined;
  readonly #client: EdgeClient;
  readonly #connections = new Map<string, EdgeConnection>();
  readonly #http1: Http1Connection;
  #found: Found | undefined;

  /** @param sni server name of the TLS handshake, '' without one; undefined on a plain connection */
  constructor(parts: EdgeParts, entry: Entry, socket: NodeDuplex, sni: string | undefined) {
    this.#parts = parts;
    this.#entry = entry;
    this.#socket = socket;
    this.#sni = sni;
    this.#client = clientOf(socket);
    this.#http1 = new Http1Connection(socket, this, parts.http);
    parts.clients.add(this, socket);
  }

  serve(head: RequestHead, body: ReadableStream<Uint8Array> | undefined, response: HttpResponse): void {
    const found = this.#found;
    if (
      found !== undefined &&
      found.hostHeader === head.host &&
      !found.connection.closed &&
      isOriginForm(head.target)
    ) {
      return this.#forward(found.connection, this.#requestOf(head, head.target, head.headers, body), response);
    }
    const route = routeOf(head, this.#entry, this.#sni);
    const connection = this.#connect(route.target);
    if (connection === undefined) return;
    if (this.#found === undefined) this.#lookAtClient(head);
    if (!route.proxied) this.#found = { hostHeader: head.host, connection };
    this.#forward(connection, this.#requestOf(head, route.url, route.headers, body), response);
  }

  upgrade(head: RequestHead, response: HttpResponse, takeOver: () => TakenOver): void {
    const route = routeOf(head, this.#entry, this.#sni);
    const connection = this.#connect(route.target);
    if (connection === undefined) return;
    const request = this.#requestOf(head, route.url, route.headers, undefined);
    const take = () => {
      const { socket, head: first } = takeOver();
      return duplexOf(socket, first);
    };
    this.#guard(response, () => connection.upgrade(request, response, take));
  }

  /** CONNECT host:port: the tunnel ends inside. */
  connect({ target }: RequestHead, response: HttpResponse, takeOver: () => TakenOver): void {
    const authority = parseAuthority(target);
    if (authority?.port === undefined || authority.host === '') {
      this.#http1.end();
      return this.malformed('bad-request', response);
    }
    const reached = this.#connect({ host: authority.host, servicePort: authority.port });
    if (reached === undefined) return;
    this.#closeAll();
    const { socket, head } = takeOver();
    this.#parts.clients.delete(this);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.#parts.openTunnel(authority.host, authority.port, socket);
  }

  /** Answers bytes that are no request; what came before them on this connection says who answers. */
  malformed(kind: MalformedRequest, response: HttpResponse): void {
    const host = parseAuthority(this.#found?.hostHeader ?? '')?.host ?? '';
    const connection = this.#connect(targetOf(this.#entry, host, this.#sni));
    if (connection !== undefined) this.#guard(response, () => connection.malformed(kind, response));
  }

  located(head: RequestHead, status: number, headers: readonly string[]): readonly string[] {
    if (!isRedirect(status)) return headers;
    const { host, proxied } = routeOf(head, this.#entry, this.#sni);
    const port = proxied ? undefined : this.#entry.redirectPort();
    return port === undefined ? headers : withHttpsPort(headers, host, port);
  }

  /** Ends the connection as soon as nothing is under way on it. */
  end(): void {
    this.#http1.end();
  }

  closed(): void {
    this.#closeAll();
  }

  #requestOf(
    { method, version }: RequestHead,
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

  #connect(target: EdgeTarget): EdgeConnection | undefined {
    const key = `${target.tls === undefined ? 'http' : 'https'}://${target.host}:${target.servicePort}`;
    const known = this.#connections.get(key);
    if (known !== undefined && !known.closed) return known;
    const made = this.#parts.engine.connect(target, this.#client);
    if ('refused' in made) {
      this.#parts.problems.refused(made);
      this.#socket.destroy();
      return undefined;
    }
    this.#parts.problems.accepted(made.via.loadBalancer);
    this.#connections.set(key, made);
    made.onClose(() => this.#lost(key, made));
    this.#dropOldest();
    return made;
  }

  /** The target is gone: so is the client's connection, unless it leads to others as well that are at work. */
  #lost(key: string, connection: EdgeConnection): void {
    if (this.#connections.get(key) !== connection) return;
    this.#connections.delete(key);
    if (this.#connections.size === 0 || !this.#http1.busy) this.#http1.cut();
  }

  #dropOldest(): void {
    if (this.#connections.size <= MOST_CONNECTIONS) return;
    const [key, oldest] = this.#connections.entries().next().value as [string, EdgeConnection];
    this.#connections.delete(key);
    oldest.close();
  }

  #closeAll(): void {
    const open = [...this.#connections.values()];
    this.#connections.clear();
    for (const connection of open) connection.close();
  }

  #lookAtClient({ headers }: RequestHead): void {
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

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex as NodeDuplex } from 'node:stream';
import type { MalformedRequest } from '../../workloads/workload.ts';
import { clientAddress, hostHeader, parseAuthority } from './authority.ts';
import type { EdgeClient, EdgeConnection, EdgeEngine, EdgeTarget } from './engine.ts';
import type { Problems } from './problems.ts';
import { edgeRequest, requestBody } from './request.ts';
import { EdgeResponse, type ResponseOwner } from './response.ts';
import { type Entry, isOriginForm, type Route, routeOf, targetOf } from './route.ts';
import { BODY_BROKEN, duplexOf } from './streams.ts';

/** Most load balancer connections that one client connection holds; a proxy's client may ask for many hosts. */
const MOST_CONNECTIONS = 32;

/** What all client connections of an edge share. */
export interface EdgeParts {
  readonly engine: EdgeEngine;
  readonly problems: Problems;
  readonly onError: (error: unknown) => void;
}

/** What the newest request found, for the next one with the same Host header: on most connections, all of them. */
interface Found {
  readonly hostHeader: string;
  readonly connection: EdgeConnection;
  readonly owner: ResponseOwner;
}

/**
 * One client's connection: finds the load balancer connection for each request and keeps it, so that keep-alive requests
 * stay on their target.
 */
export class ClientConnection {
  readonly #parts: EdgeParts;
  readonly #entry: Entry;
  readonly #socket: NodeDuplex;
  readonly #sni: string | undefined;
  readonly #client: EdgeClient;
  readonly #connections = new Map<string, EdgeConnection>();
  #found: Found | undefined;
  #newest: ServerResponse | undefined;
  #underWay = 0;
  #ending = false;
  #malformed = false;

  /** @param sni server name of the TLS handshake, '' without one; undefined on a plain connection */
  constructor(parts: EdgeParts, entry: Entry, socket: NodeDuplex, sni: string | undefined) {
    this.#parts = parts;
    this.#entry = entry;
    this.#socket = socket;
    this.#sni = sni;
    this.#client = clientOf(socket);
    socket.once('close', () => this.#closeAll());
  }

  /** Runs a step once every answer that is owed has left its place on the socket; node frees it a tick after the last byte. */
  whenAnswered(step: () => void): void {
    if (this.#newest === undefined) step();
    else if (this.#newest.writableFinished) setImmediate(step);
    else this.#newest.once('finish', step);
  }

  /** Serves a request. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const { rawHeaders: headers } = request;
    const url = request.url as string;
    const found = this.#found;
    if (
      found !== undefined &&
      !found.connection.closed &&
      isOriginForm(url) &&
      found.hostHeader === hostHeader(headers)
    ) {
      return this.#forward(found.connection, found.owner, request, response, { url, headers });
    }
    const route = routeOf(request, this.#entry, this.#sni);
    const connection = this.#connect(route.target);
    if (connection === undefined) return;
    const owner = this.#ownerOf(route);
    if (!route.proxied) this.#found = { hostHeader: hostHeader(headers), connection, owner };
    this.#forward(connection, owner, request, response, route);
  }

  /** Serves a request that asks for another protocol, after the answers that are owed. */
  upgrade(request: IncomingMessage, newResponse: () => ServerResponse, head: Uint8Array): void {
    this.whenAnswered(() => {
      const route = routeOf(request, this.#entry, this.#sni);
      const connection = this.#socket.destroyed ? undefined : this.#connect(route.target);
      if (connection === undefined) return;
      this.#underWay++;
      const response = newResponse();
      const takeOver = () => {
        this.#responded();
        response.detachSocket(request.socket);
        return duplexOf(this.#socket, head);
      };
      const answer = new EdgeResponse(response, this.#ownerOf(route));
      const asked = edgeRequest(request, route, this.#client.address, undefined);
      this.#guard(answer, () => connection.upgrade(asked, answer, takeOver));
    });
  }

  /**
   * Answers bytes that are no request, after the answers that are owed; what came before them on this connection says who
   * answers. Bytes that follow are not looked at. In the middle of a body, it is that request's answer that tells.
   */
  malformed(kind: MalformedRequest, newResponse: () => ServerResponse): void {
    if (this.#malformed) return;
    this.#malformed = true;
    const request = this.#newest?.req;
    if (request !== undefined && !request.complete) return this.#breakBody(request);
    this.whenAnswered(() => {
      const host = parseAuthority(this.#found?.hostHeader ?? '')?.host ?? '';
      const connection = this.#socket.destroyed ? undefined : this.#connect(targetOf(this.#entry, host, this.#sni));
      if (connection === undefined) return;
      this.#underWay++;
      const answer = new EdgeResponse(newResponse(), this.#ownerOf({ host, proxied: true }));
      this.#guard(answer, () => connection.malformed(kind, answer));
    });
  }

  /** Nothing of this request is parsed any more: its answer is the last one. */
  #breakBody(request: IncomingMessage): void {
    request.complete = true;
    request.emit(BODY_BROKEN);
    this.whenAnswered(() => endSocket(this.#socket));
  }

  /** Whether a connection could be made now: what CONNECT asks. If not, the client's connection is closed. */
  isReachable(host: string, servicePort: number): boolean {
    const connection = this.#connect({ host, servicePort });
    if (connection === undefined) return false;
    this.#closeAll();
    return true;
  }

  /** Closes a connection that begins with a TLS handshake where nobody speaks TLS, and says why. */
  refuseTls(): void {
    const { host = '', servicePort } = this.#entry;
    if (this.#connect(targetOf(this.#entry, '', this.#sni)) === undefined) return;
    const message = `a client began TLS on port ${servicePort} of ${host || 'the ingress load balancer'}, but nothing there speaks it`;
    this.#parts.problems.refused({ refused: 'no-tls', message, loadBalancer: host });
    this.#socket.destroy();
  }

  /** Ends the connection as soon as nothing is under way on it. */
  end(): void {
    this.#ending = true;
    if (!this.#busy) endSocket(this.#socket);
  }

  get #busy(): boolean {
    return this.#underWay > 0;
  }

  #forward(
    connection: EdgeConnection,
    owner: ResponseOwner,
    request: IncomingMessage,
    response: ServerResponse,
    rest: Pick<Route, 'url' | 'headers'>,
  ): void {
    this.#newest = response;
    this.#underWay++;
    const answer = new EdgeResponse(response, owner);
    const asked = edgeRequest(request, rest, this.#client.address, requestBody(request, response));
    this.#guard(answer, () => connection.http(asked, answer));
  }

  /** An error of the engine ends this client's connection, not the process. */
  #guard(answer: EdgeResponse, serve: () => void): void {
    try {
      serve();
    } catch (error) {
      this.#parts.onError(error);
      answer.destroy();
    }
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
    if (this.#connections.size === 0 || !this.#busy) endSocket(this.#socket);
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

  #ownerOf({ host, proxied }: Pick<Route, 'host' | 'proxied'>): ResponseOwner {
    return {
      host,
      redirectPort: () => (proxied ? undefined : this.#entry.redirectPort()),
      responded: () => this.#responded(),
    };
  }

  #responded(): void {
    this.#underWay--;
    if (this.#ending && !this.#busy) endSocket(this.#socket);
  }
}

function clientOf(socket: NodeDuplex): EdgeClient {
  const { remoteAddress, remotePort } = socket as { remoteAddress?: string; remotePort?: number };
  return { address: clientAddress(remoteAddress), port: remotePort ?? 0 };
}

/** Sends what was written, then closes. */
function endSocket(socket: NodeDuplex & { destroySoon?(): void }): void {
  if (socket.destroySoon) socket.destroySoon();
  else socket.end(() => socket.destroy());
}

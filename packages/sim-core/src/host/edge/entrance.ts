import { createServer, IncomingMessage, type Server, type ServerOptions, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { headerValue, type MalformedRequest } from '../../workloads/workload.ts';
import { parseAuthority } from './authority.ts';
import { ClientConnection, type EdgeParts } from './client-connection.ts';
import { namesServer, speaksTls } from './client-hello.ts';
import type { Clients } from './clients.ts';
import type { EdgeTarget } from './engine.ts';
import { firstBytes } from './first-bytes.ts';
import { type Entry, targetOf } from './route.ts';
import type { Tls } from './tls.ts';

/** Limits belong to the program behind the wall: it checks the size of the head and answers a missing Host. */
const HTTP_OPTIONS: ServerOptions = Object.freeze({
  requireHostHeader: false,
  maxHeaderSize: 65_536,
  /** nginx's keepalive_timeout as ingress-nginx sets it (ConfigMap keep-alive), in milliseconds. */
  keepAliveTimeout: 75_000,
});

/** What all entrances of an edge share. */
export interface EntranceParts extends EdgeParts {
  /** Connections that have sent a request. */
  readonly clients: Clients;
  /** Loads TLS when the first client speaks it: start-up does without. */
  readonly loadTls: () => Promise<Tls>;
  /** Serves what comes through a tunnel that a client asked for. */
  readonly openTunnel: (host: string, port: number, socket: Duplex) => void;
}

/** Serves the connections of one way in. */
export class Entrance {
  readonly #parts: EntranceParts;
  readonly #entry: Entry;
  readonly #plain: Server;
  /** For clients that name the server, and for those that do not. */
  readonly #secure: { named?: HttpsServer; nameless?: HttpsServer } = {};
  readonly #bySocket = new WeakMap<object, ClientConnection>();

  constructor(parts: EntranceParts, entry: Entry) {
    this.#parts = parts;
    this.#entry = entry;
    this.#plain = this.#serving(createServer(HTTP_OPTIONS));
  }

  /** Takes a connection that speaks plain HTTP. */
  acceptPlain(socket: Duplex): void {
    this.#plain.emit('connection', socket);
  }

  /** Takes a connection that speaks plain HTTP or TLS: its first byte says which. */
  acceptAny(socket: Duplex): void {
    firstBytes(socket, (bytes) => {
      if (speaksTls(bytes)) this.#acceptTls(socket, namesServer(bytes)).catch(() => socket.destroy());
      else this.acceptPlain(socket);
    });
  }

  /**
   * A certificate by server name is added to the server's own, and OpenSSL takes whichever kind of key the client likes
   * best: an EC default would hide every RSA certificate. So named clients get a server that has none of its own.
   */
  async #acceptTls(socket: Duplex, named: boolean): Promise<void> {
    const tls = await this.#parts.loadTls();
    if (socket.destroyed) return;
    const kind = named ? 'named' : 'nameless';
    this.#secure[kind] ??= this.#serving(tls.createServer(HTTP_OPTIONS, (sni) => this.#targetOf(sni)));
    const server = this.#secure[kind];
    // As node's own https server: otherwise a client that leaves during the handshake stays for its whole time limit.
    socket.allowHalfOpen = false;
    const isTls = named ? tls.isServed(this.#targetOf('')) : tls.useDefault(server, this.#targetOf(''));
    if (isTls) server.emit('connection', socket);
    else new ClientConnection(this.#parts, this.#entry, socket, '').refuseTls();
  }

  #targetOf(sni: string): EdgeTarget {
    return targetOf(this.#entry, parseAuthority(sni)?.host ?? '', sni);
  }

  #serving<S extends Server | HttpsServer>(server: S): S {
    const serve = (request: IncomingMessage, response: ServerResponse) =>
      this.#clientOf(request).serve(request, response);
    server.on('request', serve);
    server.on('checkContinue', serve);
    server.on('checkExpectation', serve);
    server.on('upgrade', (request, _socket, head) => {
      this.#clientOf(request).upgrade(request, () => detachedResponse(request), head);
    });
    server.on('connect', (request, socket, head) => this.#connect(request, socket, head));
    server.on('clientError', (error, socket) => this.#malformed(error, socket));
    return server;
  }

  #clientOf(request: IncomingMessage): ClientConnection {
    const known = this.#bySocket.get(request.socket);
    if (known !== undefined) return known;
    const client = this.#newClient(request.socket);
    if (headerValue(request.rawHeaders, 'user-agent')?.startsWith('kubectl/') === true) this.#tellKubectl();
    return client;
  }

  #newClient(socket: Duplex): ClientConnection {
    const { encrypted, servername } = socket as { encrypted?: boolean; servername?: string | false };
    const client = new ClientConnection(
      this.#parts,
      this.#entry,
      socket,
      encrypted === true ? servername || '' : undefined,
    );
    this.#bySocket.set(socket, client);
    this.#parts.clients.add(client, socket);
    return client;
  }

  /** CONNECT host:port: the tunnel ends inside. */
  #connect(request: IncomingMessage, socket: Duplex, head: Uint8Array): void {
    const client = this.#clientOf(request);
    const authority = parseAuthority(request.url ?? '');
    if (authority?.port === undefined || authority.host === '')
      return client.malformed('bad-request', () => detachedResponse(request));
    client.whenAnswered(() => {
      if (socket.destroyed || !client.isReachable(authority.host, authority.port as number)) return;
      this.#parts.clients.delete(client);
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
      this.#parts.openTunnel(authority.host, authority.port as number, socket);
    });
  }

  #malformed(error: Error & { code?: string }, socket: Duplex): void {
    const kind = kindOf(error.code ?? '');
    if (kind === undefined || socket.destroyed || !socket.writable) return void socket.destroy();
    const request = new IncomingMessage(socket as never);
    Object.assign(request, { method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 });
    const client = this.#bySocket.get(socket) ?? this.#newClient(socket);
    client.malformed(kind, () => detachedResponse(request));
  }

  #tellKubectl(): void {
    const message =
      'kubectl asked a load balancer, which is no Kubernetes API: its KUBECONFIG does not lead to this sandbox. Set it: export KUBECONFIG=$(npx k8s-ingress-sandbox kubeconfig)';
    this.#parts.problems.once({ reason: 'kubectl-at-load-balancer', message });
  }
}

/** A response on a connection that node's server has let go; the connection ends with it. */
function detachedResponse(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.once('finish', () => request.socket.destroySoon());
  return response;
}

function kindOf(code: string): MalformedRequest | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'timeout';
  return code.startsWith('HPE_') ? 'bad-request' : undefined;
}

import type { Duplex } from 'node:stream';
import type { Server, TLSSocket } from 'node:tls';
import { parseAuthority } from './authority.ts';
import { ClientConnection, clientOf, type EdgeParts } from './client-connection.ts';
import { namesServer, speaksTls } from './client-hello.ts';
import type { EdgeTarget } from './engine.ts';
import { firstBytes } from './first-bytes.ts';
import { type Entry, targetOf } from './route.ts';
import type { Tls } from './tls.ts';

/** What all entrances of an edge share. */
export interface EntranceParts extends EdgeParts {
  /** Loads TLS when the first client speaks it: start-up does without. */
  readonly loadTls: () => Promise<Tls>;
}

/** Serves the connections of one way in. */
export class Entrance {
  readonly #parts: EntranceParts;
  readonly #entry: Entry;
  /** For clients that name the server, and for those that do not. */
  readonly #secure: { named?: Server; nameless?: Server } = {};

  constructor(parts: EntranceParts, entry: Entry) {
    this.#parts = parts;
    this.#entry = entry;
  }

  /** Takes a connection that speaks plain HTTP. */
  acceptPlain(socket: Duplex): void {
    this.#serve(socket, undefined);
  }

  /** Takes a connection that speaks plain HTTP or TLS: its first byte says which. */
  acceptAny(socket: Duplex): void {
    firstBytes(socket, (bytes) => {
      if (speaksTls(bytes)) this.#acceptTls(socket, namesServer(bytes)).catch(() => socket.destroy());
      else this.acceptPlain(socket);
    });
  }

  #serve(socket: Duplex, sni: string | undefined): void {
    new ClientConnection(this.#parts, this.#entry, socket, sni);
  }

  /**
   * A certificate by server name is added to the server's own, and OpenSSL takes whichever kind of key the client likes
   * best: an EC default would hide every RSA certificate. So named clients get a server that has none of its own.
   */
  async #acceptTls(socket: Duplex, named: boolean): Promise<void> {
    const tls = await this.#parts.loadTls();
    if (socket.destroyed) return;
    const kind = named ? 'named' : 'nameless';
    this.#secure[kind] ??= this.#serving(tls.createServer((sni) => this.#targetOf(sni)));
    const server = this.#secure[kind];
    // As node's own https server: otherwise a client that leaves during the handshake stays for its whole time limit.
    socket.allowHalfOpen = false;
    const isTls = named ? tls.isServed(this.#targetOf('')) : tls.useDefault(server, this.#targetOf(''));
    if (isTls) server.emit('connection', socket);
    else this.#refuseTls(socket);
  }

  #serving(server: Server): Server {
    server.on('secureConnection', (socket: TLSSocket) => this.#serve(socket, socket.servername || ''));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  /** Closes a connection that begins with a TLS handshake where nobody speaks TLS, and says why. */
  #refuseTls(socket: Duplex): void {
    const { engine, problems } = this.#parts;
    const { host = '', servicePort } = this.#entry;
    const made = engine.connect(this.#targetOf(''), clientOf(socket));
    socket.destroy();
    if ('refused' in made) return problems.refused(made);
    made.close();
    const message = `a client began TLS on port ${servicePort} of ${host || 'the ingress load balancer'}, but nothing there speaks it`;
    problems.refused({ refused: 'no-tls', message, loadBalancer: host });
  }

  #targetOf(sni: string): EdgeTarget {
    return targetOf(this.#entry, parseAuthority(sni)?.host ?? '', sni);
  }
}

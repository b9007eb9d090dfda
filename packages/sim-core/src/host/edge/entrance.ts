import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { parseAuthority } from './authority.ts';
import { clientCertificateOf } from './client-certificate.ts';
import { ClientConnection, clientOf, type EdgeParts, type SpeakHttp2 } from './client-connection.ts';
import { serverNameOf, speaksTls } from './client-hello.ts';
import type { EdgeTarget } from './engine.ts';
import { FirstBytes } from './first-bytes.ts';
import { type Entry, targetOf } from './route.ts';
import type { Tls, TlsServers } from './tls.ts';

/** What all entrances of an edge share. */
export interface EntranceParts extends EdgeParts {
  /** Loads TLS when the first client speaks it: start-up does without. */
  readonly loadTls: () => Promise<Tls>;
  /** The same for HTTP/2. */
  readonly loadHttp2: () => Promise<SpeakHttp2>;
}

/** Serves the connections of one way in. */
export class Entrance {
  readonly #parts: EntranceParts;
  readonly #entry: Entry;
  #tls: TlsServers | undefined;

  constructor(parts: EntranceParts, entry: Entry) {
    this.#parts = parts;
    this.#entry = entry;
  }

  /** Takes a connection that speaks plain HTTP. */
  acceptPlain(socket: Duplex): void {
    new ClientConnection(this.#parts, this.#entry, socket, undefined);
  }

  /** Takes a connection that speaks plain HTTP or TLS: its first byte says which. */
  acceptAny(socket: Duplex): void {
    new FirstBytes(socket, this.#parts.http.deadlines, (bytes) => {
      if (!speaksTls(bytes)) return () => this.acceptPlain(socket);
      const sni = serverNameOf(bytes);
      return sni === undefined ? undefined : () => this.#acceptTls(socket, sni);
    });
  }

  #acceptTls(socket: Duplex, sni: string): void {
    if (this.#tls === undefined) this.#later(socket, this.#loadTls(), () => this.#shakeHands(socket, sni));
    else this.#shakeHands(socket, sni);
  }

  async #loadTls(): Promise<void> {
    const tls = await this.#parts.loadTls();
    this.#tls ??= tls.servers((socket) => this.#serveSecure(socket));
  }

  #later<T>(socket: Duplex, loading: Promise<T>, then: (loaded: T) => void): void {
    loading.then(then).catch((error) => {
      this.#parts.onError(error);
      socket.destroy();
    });
  }

  #shakeHands(socket: Duplex, sni: string): void {
    if (socket.destroyed) return;
    // As node's own https server: otherwise a client that leaves during the handshake stays for its whole time limit.
    socket.allowHalfOpen = false;
    try {
      const answer = this.#parts.engine.tlsFor(this.#targetOf(sni), clientOf(socket));
      if (answer === undefined) this.#refuseTls(socket);
      else this.#tls?.serverFor(answer).emit('connection', socket);
    } catch (error) {
      this.#parts.onError(error);
      socket.destroy();
    }
  }

  #serveSecure(socket: TLSSocket): void {
    if (socket.alpnProtocol === 'h2')
      this.#later(socket, this.#parts.loadHttp2(), (speak) => this.#serve(socket, speak));
    else this.#serve(socket);
  }

  #serve(socket: TLSSocket, speakHttp2?: SpeakHttp2): void {
    if (socket.destroyed) return;
    const sni = socket.servername || '';
    new ClientConnection(this.#parts, this.#entry, socket, sni, speakHttp2, clientCertificateOf(socket));
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

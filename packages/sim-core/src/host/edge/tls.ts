import { randomBytes } from 'node:crypto';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { EdgeCertificate, EdgeTls } from './engine.ts';

/** Most certificates of one way in whose servers are kept; the one that was made first leaves first. */
const MOST_SERVERS = 256;
/** nginx's ssl_protocols, client_header_timeout (milliseconds) and ssl_session_timeout (seconds) as ingress-nginx sets them. */
const MIN_VERSION = 'TLSv1.2';
const HANDSHAKE_TIMEOUT = 60_000;
const SESSION_TIMEOUT = 600;
const HTTP_1 = ['http/1.1'];
const HTTP_2 = ['h2', 'http/1.1'];

/** TLS of an edge: a session that began at one of its servers resumes at every other. */
export class Tls {
  readonly #ticketKeys = randomBytes(48);

  /** @param serve takes connections whose handshake is done */
  servers(serve: (socket: TLSSocket) => void): TlsServers {
    return new TlsServers(this.#ticketKeys, serve);
  }
}

/**
 * A server for each certificate, which is handed its connections. Not one server for all of them, with a callback for
 * server names: OpenSSL would add what that returns to the server's own certificate and take whichever kind of key the
 * client likes best, and each handshake would wait for the callback.
 */
export class TlsServers {
  readonly #ticketKeys: Buffer;
  readonly #serve: (socket: TLSSocket) => void;
  readonly #servers = new Map<string, Server>();
  /** The same by the object: most handshakes find their certificate unchanged. */
  readonly #known = { http1: new WeakMap<EdgeCertificate, Server>(), http2: new WeakMap<EdgeCertificate, Server>() };

  constructor(ticketKeys: Buffer, serve: (socket: TLSSocket) => void) {
    this.#ticketKeys = ticketKeys;
    this.#serve = serve;
  }

  /** The server that answers a handshake so. @throws Error for an unusable certificate */
  serverFor({ certificate, http2 }: EdgeTls): Server {
    const known = http2 ? this.#known.http2 : this.#known.http1;
    const server = known.get(certificate) ?? this.#serverLike(certificate, http2);
    known.set(certificate, server);
    return server;
  }

  /** Certificates are read anew with every configuration; their servers stay. */
  #serverLike({ certPem, keyPem }: EdgeCertificate, http2: boolean): Server {
    const id = `${http2}\n${certPem}\n${keyPem}`;
    const server = this.#servers.get(id) ?? this.#create(certPem, keyPem, http2);
    this.#servers.set(id, server);
    if (this.#servers.size > MOST_SERVERS) this.#servers.delete(this.#servers.keys().next().value as string);
    return server;
  }

  #create(cert: string, key: string, http2: boolean): Server {
    const server = createServer({
      cert,
      key,
      minVersion: MIN_VERSION,
      ALPNProtocols: http2 ? HTTP_2 : HTTP_1,
      ticketKeys: this.#ticketKeys,
      sessionTimeout: SESSION_TIMEOUT,
      handshakeTimeout: HANDSHAKE_TIMEOUT,
    });
    server.on('secureConnection', this.#serve);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
}

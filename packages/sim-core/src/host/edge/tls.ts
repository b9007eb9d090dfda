import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { EdgeCertificate, EdgeSsl, EdgeTls } from './engine.ts';

type ByCertificate = WeakMap<EdgeCertificate, Server>;

/** Most certificates of one way in whose servers are kept; the one that was made first leaves first. */
const MOST_SERVERS = 256;
/** nginx's ssl_protocols, client_header_timeout (milliseconds) and ssl_session_timeout (seconds) as ingress-nginx sets them. */
const MIN_VERSION = 'TLSv1.2';
const HANDSHAKE_TIMEOUT = 60_000;
const SESSION_TIMEOUT = 600;
/** Directives name the ciphers of TLS 1.2; those of 1.3 are always these. */
const TLS_1_3_CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';
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
  /** The same by the objects: most handshakes find their certificate unchanged. */
  readonly #known = { http1: new WeakMap<EdgeSsl, ByCertificate>(), http2: new WeakMap<EdgeSsl, ByCertificate>() };

  constructor(ticketKeys: Buffer, serve: (socket: TLSSocket) => void) {
    this.#ticketKeys = ticketKeys;
    this.#serve = serve;
  }

  /** The server that answers a handshake so. @throws Error for an unusable certificate */
  serverFor({ certificate, ssl, http2 }: EdgeTls): Server {
    const bySsl = http2 ? this.#known.http2 : this.#known.http1;
    const known = bySsl.get(ssl) ?? new WeakMap();
    bySsl.set(ssl, known);
    const server = known.get(certificate) ?? this.#serverLike(certificate, ssl, http2);
    known.set(certificate, server);
    return server;
  }

  /** Certificates are read anew with every configuration; their servers stay. */
  #serverLike({ certPem, keyPem }: EdgeCertificate, ssl: EdgeSsl, http2: boolean): Server {
    const { ciphers, preferServerCiphers, client } = ssl;
    const id = [http2, certPem, keyPem, ciphers, preferServerCiphers, client?.caPem, client?.crlPem].join('\n');
    const server = this.#servers.get(id) ?? this.#create(certPem, keyPem, ssl, http2);
    this.#servers.set(id, server);
    if (this.#servers.size > MOST_SERVERS) this.#servers.delete(this.#servers.keys().next().value as string);
    return server;
  }

  #create(cert: string, key: string, { ciphers, preferServerCiphers, client }: EdgeSsl, http2: boolean): Server {
    const server = createServer({
      cert,
      key,
      minVersion: MIN_VERSION,
      ciphers: `${ciphers}:${TLS_1_3_CIPHERS}`,
      honorCipherOrder: preferServerCiphers,
      ...(client === undefined ? {} : asking(client)),
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

/**
 * Clients are asked for a certificate; what they send is judged by the program behind. A session of a server with other
 * authorities, or none, does not resume here: what was proved there would count.
 */
function asking({ caPem, crlPem }: NonNullable<EdgeSsl['client']>): TlsOptions {
  return {
    requestCert: true,
    rejectUnauthorized: false,
    ca: caPem,
    ...(crlPem === '' ? {} : { crl: crlPem }),
    sessionIdContext: createHash('sha256').update(`${caPem}\n${crlPem}`).digest('hex').slice(0, 32),
  };
}

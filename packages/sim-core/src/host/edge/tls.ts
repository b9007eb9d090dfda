import { createSecureContext, createServer, type SecureContext, type Server, type TlsOptions } from 'node:tls';
import type { EdgeCertificate, EdgeEngine, EdgeTarget } from './engine.ts';

/** Most contexts that are kept; the one that was made first leaves first. */
const MOST_CONTEXTS = 256;
/** nginx's ssl_protocols as ingress-nginx sets them. */
const MIN_VERSION = 'TLSv1.2';

/** TLS for every entrance: certificates are asked for at each handshake, what is made of them is kept. */
export class Tls {
  readonly #engine: EdgeEngine;
  readonly #contexts = new Map<string, SecureContext>();
  /** Identity of the certificate that clients without server name get, by server. */
  readonly #defaults = new WeakMap<Server, string>();

  constructor(engine: EdgeEngine) {
    this.#engine = engine;
  }

  /**
   * A server that is handed its connections.
   * @param targetOf where a handshake with this server name is going
   */
  createServer(targetOf: (sni: string) => EdgeTarget): Server {
    const SNICallback: TlsOptions['SNICallback'] = (sni, done) => {
      try {
        const certificate = this.#engine.certificateFor(targetOf(sni));
        if (certificate === undefined) done(new Error(`no certificate for ${sni}`));
        else done(null, this.#contextOf(certificate));
      } catch (error) {
        done(error as Error);
      }
    };
    return createServer({ SNICallback, minVersion: MIN_VERSION, ALPNProtocols: ['http/1.1'] });
  }

  /** Whether somebody there speaks TLS. */
  isServed(target: EdgeTarget): boolean {
    return this.#engine.certificateFor(target) !== undefined;
  }

  /** Sets what clients without server name get. False: nobody there speaks TLS. @throws Error for an unusable certificate */
  useDefault(server: Server, target: EdgeTarget): boolean {
    const certificate = this.#engine.certificateFor(target);
    if (certificate === undefined) return false;
    const id = identityOf(certificate);
    if (this.#defaults.get(server) === id) return true;
    server.setSecureContext({ cert: certificate.certPem, key: certificate.keyPem, minVersion: MIN_VERSION });
    this.#defaults.set(server, id);
    return true;
  }

  #contextOf(certificate: EdgeCertificate): SecureContext {
    const id = identityOf(certificate);
    const known = this.#contexts.get(id);
    if (known !== undefined) return known;
    const context = createSecureContext({
      cert: certificate.certPem,
      key: certificate.keyPem,
      minVersion: MIN_VERSION,
    });
    this.#contexts.set(id, context);
    if (this.#contexts.size > MOST_CONTEXTS) this.#contexts.delete(this.#contexts.keys().next().value as string);
    return context;
  }
}

function identityOf({ certPem, keyPem }: EdgeCertificate): string {
  return `${certPem}\n${keyPem}`;
}

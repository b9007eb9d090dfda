import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { AnswerReader, type RawAnswer } from './answer-reader.ts';

/** Longest wait for an answer, milliseconds: beyond nginx's own sixty seconds. */
const PATIENCE = 75_000;

/** Where to connect. */
export interface ServerAddress {
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** Server name of the TLS hello; '' for none. */
  readonly sni: string;
}

/** An answer with the certificate of its connection. */
export interface ServedAnswer extends RawAnswer {
  readonly certificate: PeerCertificate | undefined;
}

/**
 * A client's connection over a real socket: sends bytes as they are, one request at a time, follows and hides nothing.
 * Certificates are shown, not checked.
 */
export class HttpConnection {
  readonly #socket: Socket | TLSSocket;
  #open = true;

  private constructor(socket: Socket | TLSSocket) {
    this.#socket = socket;
    socket.on('error', () => {
      // Whoever waits for an answer learns it from 'close'.
    });
    socket.once('close', () => {
      this.#open = false;
    });
  }

  /** Connects to this machine. @throws Error of the system, or of the handshake */
  static async open({ port, scheme, sni }: ServerAddress): Promise<HttpConnection> {
    const socket =
      scheme === 'http'
        ? connectPlain({ host: '127.0.0.1', port, noDelay: true })
        : connectTls({ host: '127.0.0.1', port, servername: sni, rejectUnauthorized: false });
    await once(socket, scheme === 'http' ? 'connect' : 'secureConnect');
    return new HttpConnection(socket);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Sends a request and reads the answer. Undefined: the connection ended without one.
   * @throws Error for an answer that is no HTTP, or none in time
   */
  async ask(method: string, bytes: string | Uint8Array): Promise<ServedAnswer | undefined> {
    const answer = await this.#exchange(new AnswerReader(method), bytes);
    if (answer?.keepsAlive !== true) this.close();
    return answer && { ...answer, certificate: this.#certificate() };
  }

  close(): void {
    this.#open = false;
    this.#socket.destroy();
  }

  #exchange(reader: AnswerReader, bytes: string | Uint8Array): Promise<RawAnswer | undefined> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => finish(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`))),
        PATIENCE,
      );
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        socket.off('data', onData).off('close', onClose);
        settle();
      };
      const read = (step: () => RawAnswer | undefined, ended: boolean) => {
        try {
          const answer = step();
          if (answer !== undefined || ended) finish(() => resolve(answer));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const onData = (data: Buffer) => read(() => reader.push(data), false);
      const onClose = () => read(() => reader.end(), true);
      socket.on('data', onData).on('close', onClose);
      if (socket.destroyed) return onClose();
      socket.write(bytes);
    });
  }

  #certificate(): PeerCertificate | undefined {
    return 'getPeerCertificate' in this.#socket ? this.#socket.getPeerCertificate() : undefined;
  }
}

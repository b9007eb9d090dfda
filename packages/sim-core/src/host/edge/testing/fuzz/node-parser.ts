import { createServer, type IncomingMessage, type Server } from 'node:http';
import { MemoryClient } from '../memory-socket.ts';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly headers: readonly string[];
  /** One character a byte; undefined: it is not whole. */
  body: string | undefined;
  /** Nothing was read after its head: another protocol was asked for. */
  left?: boolean;
}

/** What node's own parser makes of bytes. */
export interface NodeReading {
  readonly seen: readonly Seen[];
  /** Why it refused what came after; undefined: it did not. */
  readonly refused: string | undefined;
  /** Whether it closed the connection. */
  readonly closed: boolean;
}

/** Reads bytes with node's HTTP server (llhttp), as strict as it can be. */
export class NodeReader {
  readonly #server: Server;
  #seen: Seen[] = [];
  #refused: string | undefined;

  constructor() {
    this.#server = createServer({
      insecureHTTPParser: false,
      maxHeaderSize: 1_000_000,
      requireHostHeader: false,
      keepAliveTimeout: 0,
    });
    for (const event of ['request', 'checkContinue', 'checkExpectation'])
      this.#server.on(event, (request, response) => {
        const seen = this.#note(request);
        this.#readBody(request, seen, () => response.end());
      });
    for (const event of ['upgrade', 'connect'])
      this.#server.on(event, (request) => {
        this.#note(request).left = true;
      });
    // Not destroyed: what came before is still read.
    this.#server.on('clientError', (error: Error & { code?: string; reason?: string }) => {
      this.#refused ??= error.reason ?? error.code ?? 'refused';
    });
  }

  async read(pieces: readonly Uint8Array[]): Promise<NodeReading> {
    this.#seen = [];
    this.#refused = undefined;
    const client = new MemoryClient();
    this.#server.emit('connection', client.server);
    await client.send(pieces);
    const reading = { seen: this.#seen, refused: this.#refused, closed: client.closed };
    client.destroy();
    await client.settled();
    return reading;
  }

  #note(request: IncomingMessage): Seen {
    const seen: Seen = {
      method: request.method ?? '',
      url: request.url ?? '',
      version: request.httpVersion,
      headers: request.rawHeaders,
      body: undefined,
    };
    this.#seen.push(seen);
    return seen;
  }

  #readBody(request: IncomingMessage, seen: Seen, then: () => void): void {
    let body = '';
    request.setEncoding('latin1');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('error', () => {});
    request.on('end', () => {
      seen.body = body;
      then();
    });
  }
}

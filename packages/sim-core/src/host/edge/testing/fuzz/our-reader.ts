import type { HttpRequest, HttpResponse, MalformedRequest } from '../../../../workloads/workload.ts';
import type { EdgeConnection, EdgeEngine } from '../../engine.ts';
import { MemoryClient } from '../memory-socket.ts';
import type { Seen } from './node-parser.ts';
import { PlainWayIn } from './plain-way-in.ts';

/** What our own reader makes of bytes. */
export interface OurReading {
  readonly seen: readonly Seen[];
  readonly refused: MalformedRequest | undefined;
  readonly received: string;
  readonly closed: boolean;
}

/** Reads bytes with our HTTP/1 server; every request is answered once its body has come. */
export class OurReader {
  readonly #wayIn: PlainWayIn;
  #seen: Seen[] = [];
  #refused: MalformedRequest | undefined;

  constructor() {
    const engine: EdgeEngine = {
      connect: () => this.#connection(),
      tlsFor: () => undefined,
      loadBalancers: () => [],
      onLoadBalancersChanged: () => () => {},
    };
    this.#wayIn = new PlainWayIn(engine);
  }

  /** Errors that were told. */
  get errors(): unknown[] {
    return this.#wayIn.errors;
  }

  async read(pieces: readonly Uint8Array[]): Promise<OurReading> {
    this.#seen = [];
    this.#refused = undefined;
    const client = new MemoryClient();
    this.#wayIn.entrance.acceptPlain(client.server);
    await client.send(pieces);
    const { received, closed } = client;
    const reading = { seen: this.#seen, refused: this.#refused, received, closed };
    client.destroy();
    await client.settled();
    return reading;
  }

  #connection(): EdgeConnection {
    return {
      via: {},
      closed: false,
      http: (request, response) => void this.#serve(request, response),
      upgrade: (request, response) => void this.#serve(request, response),
      malformed: (kind, response) => {
        this.#refused = kind;
        response.writeHead(400, ['Content-Length', '0', 'Connection', 'close']);
        response.end();
      },
      onClose: () => {},
      close: () => {},
    };
  }

  async #serve(
    { method, url, httpVersion: version, headers, body }: HttpRequest,
    response: HttpResponse,
  ): Promise<void> {
    const seen: Seen = { method, url, version, headers, body: undefined };
    this.#seen.push(seen);
    try {
      seen.body = body === undefined ? '' : Buffer.from(await new Response(body).arrayBuffer()).toString('latin1');
      response.writeHead(200, ['Content-Length', '0']);
      response.end();
    } catch {
      response.writeHead(400, ['Content-Length', '0', 'Connection', 'close']);
      response.end();
    }
  }
}

import { LOAD_CLIENT_ADDRESS, type LoadRequest, StatusSink } from '../traffic/load-generator.ts';
import type { Edge } from './edge.ts';
import type { EdgeConnection } from './edge-connection.ts';

/** Kept connections; the oldest are given up beyond this. */
const MOST_KEPT = 256;
/** First of the ephemeral ports that the generator's client pretends to use. */
const FIRST_PORT = 32768;
const PORTS = 28_000;

/** The load generator's client side: keeps connections to the edge as a real client would. */
export class LoadConnections {
  readonly #edge: Edge;
  readonly #kept = new Map<string, EdgeConnection>();
  #opened = 0;

  constructor(edge: Edge) {
    this.#edge = edge;
  }

  /** Sends one request; a connection that cannot be made counts as closed without an answer. */
  fire(load: LoadRequest, answered: (status: number) => void): void {
    const connection = this.#connection(load);
    if (connection === undefined) answered(0);
    else connection.http(load.request, new StatusSink(answered));
  }

  #connection({ scheme, host, port, request, connection }: LoadRequest): EdgeConnection | undefined {
    const key = `${scheme} ${host} ${port} ${connection}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && !kept.closed) return kept;
    const client = {
      address: request.remoteAddress || LOAD_CLIENT_ADDRESS,
      port: FIRST_PORT + (this.#opened++ % PORTS),
      origin: 'load' as const,
    };
    const target = { host, servicePort: port, ...(scheme === 'https' ? { tls: { sni: host } } : {}) };
    const made = this.#edge.connect(target, client);
    if ('refused' in made) return undefined;
    this.#keep(key, made);
    return made;
  }

  #keep(key: string, connection: EdgeConnection): void {
    this.#kept.delete(key);
    this.#kept.set(key, connection);
    if (this.#kept.size <= MOST_KEPT) return;
    const [oldest, given] = this.#kept.entries().next().value as [string, EdgeConnection];
    this.#kept.delete(oldest);
    given.close();
  }
}

import type { Origin } from '../ingress-nginx/nginx/edge-request.ts';
import { KEPT_CONNECTIONS, LOAD_CLIENT_ADDRESS, type LoadClient, type LoadRequest } from '../traffic/load-generator.ts';
import { StatusSink } from '../traffic/status-sink.ts';
import { headerValue } from '../workloads/workload.ts';
import type { Edge } from './edge.ts';
import type { EdgeConnection, EdgeTarget } from './edge-connection.ts';

/** First of the ephemeral ports that a client pretends to use. */
const FIRST_PORT = 32768;
const PORTS = 28_000;

/** The client side of load: makes connections to the edge as real clients would. */
export class LoadConnections {
  readonly #edge: Edge;
  #opened = 0;

  constructor(edge: Edge) {
    this.#edge = edge;
  }

  /**
   * A client for one request that is sent again and again.
   * @param origin whose draws its requests take
   */
  open(load: LoadRequest, origin: Origin, answered: (status: number) => void): LoadClient {
    const { scheme, host, port, request } = load;
    const target: EdgeTarget = { host, servicePort: port, ...(scheme === 'https' ? { tls: { sni: host } } : {}) };
    const connect = () => {
      const client = {
        address: request.remoteAddress || LOAD_CLIENT_ADDRESS,
        port: FIRST_PORT + (this.#opened++ % PORTS),
        origin,
      };
      const made = this.#edge.connect(target, client);
      return 'refused' in made ? undefined : made;
    };
    return new ConnectionsOfOneLoad(load, connect, answered);
  }
}

class ConnectionsOfOneLoad implements LoadClient {
  readonly #load: LoadRequest;
  readonly #connect: () => EdgeConnection | undefined;
  readonly #answered: (status: number) => void;
  readonly #kept: (EdgeConnection | undefined)[] = new Array(KEPT_CONNECTIONS).fill(undefined);
  /** Sinks whose answer has ended before the request was let go: nobody else knows them any more. */
  readonly #free: ConnectionSink[] = [];

  constructor(load: LoadRequest, connect: () => EdgeConnection | undefined, answered: (status: number) => void) {
    this.#load = load;
    this.#connect = connect;
    this.#answered = answered;
  }

  fire(number: number): void {
    if (number >= KEPT_CONNECTIONS) {
      this.#fireOnce();
      return;
    }
    const kept = this.#kept[number];
    const connection = kept === undefined || kept.closed ? this.#connect() : kept;
    this.#kept[number] = connection;
    if (connection === undefined) {
      this.#answered(0);
      return;
    }
    const sink = this.#free.pop()?.reuse() ?? new ConnectionSink(this.#answered);
    sink.connection = connection;
    connection.http(this.#load.request, sink);
    if (sink.closed) this.#free.push(sink);
  }

  /** A connection for one request ends with it. */
  #fireOnce(): void {
    const connection = this.#connect();
    if (connection === undefined) {
      this.#answered(0);
      return;
    }
    const answered = (status: number) => {
      connection.close();
      this.#answered(status);
    };
    connection.http(this.#load.request, new StatusSink(answered));
  }

  close(): void {
    for (const connection of this.#kept) connection?.close();
    this.#kept.fill(undefined);
  }
}

/** An answer after which the connection is given up, where it says so (keepalive_requests). */
class ConnectionSink extends StatusSink {
  connection: EdgeConnection | undefined;

  override writeHead(status: number, headers: readonly string[] = NO_HEADERS): void {
    super.writeHead(status);
    if (headerValue(headers, 'connection') === 'close') this.connection?.close();
  }
}

const NO_HEADERS: readonly string[] = Object.freeze([]);

import type { Socket } from 'node:net';
import type { SpeakHttp2 } from './client-connection.ts';
import { Clients } from './clients.ts';
import type { EdgeEngine } from './engine.ts';
import { Entrance, type EntranceParts } from './entrance.ts';
import { Deadlines } from './http1/deadlines.ts';
import { HttpDate } from './http1/http-date.ts';
import { HeaderLines } from './http1/response-head.ts';
import { type Listener, listen } from './listen.ts';
import { OwnPortListeners, type OwnPorts } from './own-ports.ts';
import { type EdgeProblem, Problems } from './problems.ts';
import { Tunnels } from './tunnels.ts';

/** How long answers under way may take once the edge closes, in milliseconds. */
const DRAIN = 5_000;
const LOOPBACK: readonly string[] = Object.freeze(['127.0.0.1', '::1']);

export interface EdgeOptions {
  readonly engine: EdgeEngine;
  /** 0: any free port. */
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Addresses of the two edge ports; default loopback, IPv4 and (where it exists) IPv6. */
  readonly addresses?: readonly string[];
  /** Whether loopback ports 80 and 443 are taken as well where the system allows it. */
  readonly wellKnownPorts?: boolean;
  /** Whether redirects to https get our port (documented deviation); default true. */
  readonly rewriteRedirects?: boolean;
  readonly onProblem?: (problem: EdgeProblem) => void;
  /** Told of an error inside the engine; the client's connection is reset. */
  readonly onError?: (error: unknown) => void;
  /** Told of every load balancer once its own ports are open, and again when they change. */
  readonly onLoadBalancer?: (balancer: OwnPorts) => void;
}

/** The sockets of a running sandbox. */
export interface Edge {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Which of loopback 80 and 443 are ours too. */
  readonly wellKnown: { readonly http: boolean; readonly https: boolean };
  /** Load balancers and their own ports. */
  loadBalancers(): OwnPorts[];
  /** Resolves when every load balancer that answers now has its own ports open. */
  ready(): Promise<void>;
  /** Stops to accept, lets answers under way finish for at most five seconds, then closes everything. */
  close(): Promise<void>;
}

/** Binds the edge ports and serves. @throws ListenError */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const edge = new RunningEdge(options);
  try {
    await edge.start();
  } catch (error) {
    await edge.close();
    throw error;
  }
  return edge;
}

class RunningEdge implements Edge {
  readonly #options: EdgeOptions;
  readonly #parts: EntranceParts;
  readonly #sockets = new Set<Socket>();
  readonly #clients = new Clients();
  readonly #tunnels: Tunnels;
  readonly #listeners: Listener[] = [];
  readonly #ownPorts: OwnPortListeners;
  #stopWatching: () => void = () => {};
  #closing: Promise<void> | undefined;
  httpPort = 0;
  httpsPort = 0;
  wellKnown = { http: false, https: false };

  constructor(options: EdgeOptions) {
    this.#options = options;
    const { engine } = options;
    this.#parts = {
      engine,
      problems: new Problems((problem) => options.onProblem?.(problem)),
      onError: (error) => options.onError?.(error),
      clients: this.#clients,
      http: { deadlines: new Deadlines(), date: new HttpDate(), headerLines: new HeaderLines() },
      loadTls: onlyOnce(async () => new (await import('./tls.ts')).Tls()),
      loadHttp2: onlyOnce(loadHttp2),
      openTunnel: (host, port, socket) => this.#tunnels.open(host, port, socket),
    };
    this.#tunnels = new Tunnels(this.#parts);
    this.#ownPorts = new OwnPortListeners({
      ...this.#parts,
      addresses: LOOPBACK,
      accept: (entrance) => this.#accepting((socket) => entrance.acceptAny(socket)),
      fallbackRedirectPort: () => this.#redirectPort(),
      announce: (balancer) => options.onLoadBalancer?.(balancer),
    });
  }

  async start(): Promise<void> {
    const { engine, httpPort, httpsPort, addresses = LOOPBACK } = this.#options;
    const http = new Entrance(this.#parts, { servicePort: 80, redirectPort: () => this.#redirectPort() });
    const https = new Entrance(this.#parts, { servicePort: 443, redirectPort: () => undefined });
    this.httpPort = await this.#listen(addresses, httpPort, (socket) => http.acceptPlain(socket));
    this.httpsPort = await this.#listen(addresses, httpsPort, (socket) => https.acceptAny(socket));
    if (this.#options.wellKnownPorts === true) await this.#takeWellKnownPorts(https);
    this.#stopWatching = engine.onLoadBalancersChanged(() => void this.#ownPorts.sync());
    await this.#ownPorts.sync();
  }

  loadBalancers(): OwnPorts[] {
    return this.#ownPorts.list();
  }

  ready(): Promise<void> {
    return this.#ownPorts.sync();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stopWatching();
    this.#ownPorts.close();
    for (const listener of this.#listeners) listener.close();
    await this.#clients.endAll(DRAIN);
    for (const socket of this.#sockets) socket.destroy();
  }

  async #listen(addresses: readonly string[], port: number, accept: (socket: Socket) => void): Promise<number> {
    const listener = await listen(addresses, port, this.#accepting(accept));
    this.#listeners.push(listener);
    return listener.port;
  }

  #accepting(accept: (socket: Socket) => void): (socket: Socket) => void {
    return (socket) => {
      if (this.#closing !== undefined) return void socket.destroy();
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {
        // A client that resets its connection is no error of ours; 'close' follows.
      });
      accept(socket);
    };
  }

  async #takeWellKnownPorts(https: Entrance): Promise<void> {
    const http = new Entrance(this.#parts, { servicePort: 80, redirectPort: () => undefined });
    const take = (port: number, accept: (socket: Socket) => void) =>
      this.#listen(LOOPBACK, port, accept).then(
        () => true,
        () => false,
      );
    this.wellKnown = {
      http: this.httpPort !== 80 && (await take(80, (socket) => http.acceptPlain(socket))),
      https: this.httpsPort !== 443 && (await take(443, (socket) => https.acceptAny(socket))),
    };
  }

  /** Our https port, where redirects to port 443 would not arrive and the client did not come to port 80. */
  #redirectPort(): number | undefined {
    const arrives = this.httpPort === 80 || this.httpsPort === 443 || this.wellKnown.https;
    return this.#options.rewriteRedirects === false || arrives ? undefined : this.httpsPort;
  }
}

async function loadHttp2(): Promise<SpeakHttp2> {
  const { Http2Connection } = await import('./http2/connection.ts');
  return (socket, handler, parts) => new Http2Connection(socket, handler, parts);
}

/** Runs an asynchronous step at its first call and hands the same result to all. */
function onlyOnce<T>(step: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= step();
    return result;
  };
}

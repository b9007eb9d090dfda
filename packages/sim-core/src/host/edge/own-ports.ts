import type { Socket } from 'node:net';
import type { EdgeEngine, EdgeLoadBalancer } from './engine.ts';
import { Entrance, type EntranceParts } from './entrance.ts';
import { type Listener, listen } from './listen.ts';

/** A load balancer and its ports on this machine. */
export interface OwnPorts {
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly ports: readonly { readonly port: number; readonly localPort: number; readonly url: string }[];
}

interface Parts extends EntranceParts {
  readonly engine: EdgeEngine;
  readonly addresses: readonly string[];
  /** Wraps how an accepted socket is handled. */
  readonly accept: (entrance: Entrance) => (socket: Socket) => void;
  /** Port for redirects to https of load balancers that have no https port of their own. */
  readonly fallbackRedirectPort: () => number | undefined;
  readonly announce: (balancer: OwnPorts) => void;
}

/**
 * One port on this machine for every port of every load balancer, for clients that cannot resolve `*.localhost`. A port
 * stays the same as long as its load balancer has it.
 */
export class OwnPortListeners {
  readonly #parts: Parts;
  /** By host name and Service port. */
  readonly #listeners = new Map<string, Listener>();
  readonly #announced = new Map<string, string>();
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens and closes ports until they match the load balancers. */
  sync(): Promise<void> {
    this.#work = this.#work.then(() => this.#sync()).catch((error) => this.#parts.onError(error));
    return this.#work;
  }

  /** Load balancers whose ports are open. */
  list(): OwnPorts[] {
    return this.#parts.engine.loadBalancers().flatMap((balancer) => this.#describe(balancer) ?? []);
  }

  /** Stops to listen. */
  close(): void {
    this.#closed = true;
    for (const listener of this.#listeners.values()) listener.close();
    this.#listeners.clear();
  }

  async #sync(): Promise<void> {
    const balancers = this.#parts.engine.loadBalancers();
    this.#closeOthers(
      new Set(balancers.flatMap(({ hostname, ports }) => ports.map(({ port }) => keyOf(hostname, port)))),
    );
    for (const { hostname, ports } of balancers) for (const { port } of ports) await this.#open(hostname, port);
    if (this.#closed) return;
    for (const balancer of balancers) this.#announce(balancer);
  }

  #closeOthers(wanted: ReadonlySet<string>): void {
    for (const [key, listener] of this.#listeners) {
      if (wanted.has(key)) continue;
      listener.close();
      this.#listeners.delete(key);
    }
  }

  async #open(hostname: string, servicePort: number): Promise<void> {
    const key = keyOf(hostname, servicePort);
    if (this.#closed || this.#listeners.has(key)) return;
    const redirectPort = () => this.#listeners.get(keyOf(hostname, 443))?.port ?? this.#parts.fallbackRedirectPort();
    const entrance = new Entrance(this.#parts, { servicePort, host: hostname, redirectPort });
    const listener = await listen(this.#parts.addresses, 0, this.#parts.accept(entrance));
    if (this.#closed) listener.close();
    else this.#listeners.set(key, listener);
  }

  #describe({ namespace, name, hostname, ports }: EdgeLoadBalancer): OwnPorts | undefined {
    const open = ports.map(({ port, scheme }) => {
      const localPort = this.#listeners.get(keyOf(hostname, port))?.port;
      return localPort === undefined ? undefined : { port, localPort, url: `${scheme}://127.0.0.1:${localPort}` };
    });
    return open.some((port) => port === undefined)
      ? undefined
      : { namespace, name, hostname, ports: open.filter((port) => port !== undefined) };
  }

  /** Tells of a load balancer once, and again when its ports have changed. */
  #announce(balancer: EdgeLoadBalancer): void {
    const described = this.#describe(balancer);
    if (described === undefined) return;
    const text = JSON.stringify(described.ports);
    if (this.#announced.get(described.hostname) === text) return;
    this.#announced.set(described.hostname, text);
    this.#parts.announce(described);
  }
}

function keyOf(hostname: string, port: number): string {
  return `${hostname}:${port}`;
}

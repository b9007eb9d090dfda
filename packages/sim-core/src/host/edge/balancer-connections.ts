import type { EdgeClient, EdgeConnection, EdgeEngine, EdgeTarget } from './engine.ts';
import type { Problems } from './problems.ts';

/** Most load balancer connections that one client connection holds; a proxy's client may ask for many hosts. */
const MOST_CONNECTIONS = 32;

/** The client's connection that they belong to. */
export interface ConnectionOwner {
  /** Whether answers are owed on it. */
  readonly busy: boolean;
  /** No load balancer takes the client: its connection ends without a byte. */
  refuse(): void;
  /** Ends it now, with what was written. */
  cut(): void;
}

/** The load balancer connections of one client connection: one for each authority, kept so that requests stay on their target. */
export class BalancerConnections {
  readonly #engine: EdgeEngine;
  readonly #problems: Problems;
  readonly #client: EdgeClient;
  readonly #owner: ConnectionOwner;
  readonly #connections = new Map<string, EdgeConnection>();

  constructor(parts: { engine: EdgeEngine; problems: Problems }, client: EdgeClient, owner: ConnectionOwner) {
    this.#engine = parts.engine;
    this.#problems = parts.problems;
    this.#client = client;
    this.#owner = owner;
  }

  /** The connection to a target, made where there is none yet; undefined when it is refused. */
  to(target: EdgeTarget): EdgeConnection | undefined {
    const key = `${target.tls === undefined ? 'http' : 'https'}://${target.host}:${target.servicePort}`;
    const known = this.#connections.get(key);
    if (known !== undefined && !known.closed) return known;
    const made = this.#engine.connect(target, this.#client);
    if ('refused' in made) {
      this.#problems.refused(made);
      this.#owner.refuse();
      return undefined;
    }
    this.#problems.accepted(made.via.loadBalancer);
    this.#connections.set(key, made);
    made.onClose(() => this.#lost(key, made));
    this.#dropOldest();
    return made;
  }

  /** The client has gone. */
  closeAll(): void {
    const open = [...this.#connections.values()];
    this.#connections.clear();
    for (const connection of open) connection.close();
  }

  /** The target is gone: so is the client's connection, unless it leads to others as well that are at work. */
  #lost(key: string, connection: EdgeConnection): void {
    if (this.#connections.get(key) !== connection) return;
    this.#connections.delete(key);
    if (this.#connections.size === 0 || !this.#owner.busy) this.#owner.cut();
  }

  #dropOldest(): void {
    if (this.#connections.size <= MOST_CONNECTIONS) return;
    const [key, oldest] = this.#connections.entries().next().value as [string, EdgeConnection];
    this.#connections.delete(key);
    oldest.close();
  }
}

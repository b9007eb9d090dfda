import type { Duplex } from 'node:stream';
import type { ClientConnection } from './client-connection.ts';

/** Connections that are open, so that closing can wait for the answers that they are owed. */
export class Clients {
  readonly #open = new Set<ClientConnection>();
  readonly #waiting: (() => void)[] = [];

  add(client: ClientConnection, socket: Duplex): void {
    this.#open.add(client);
    socket.once('close', () => this.delete(client));
  }

  delete(client: ClientConnection): void {
    this.#open.delete(client);
    if (this.#open.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Ends every connection as soon as nothing is under way on it. Resolves when all are gone, or after so many milliseconds. */
  endAll(limit: number): Promise<void> {
    for (const client of this.#open) client.end();
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, limit);
      this.#waiting.push(() => {
        clearTimeout(timeout);
        resolve();
      });
    });
  }
}

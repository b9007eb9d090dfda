import type { Socket } from 'node:net';

/** Connections to a port: so many at a time, and ended together. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #most: number;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** @returns false for one too many, which is ended at once */
  take(socket: Socket): boolean {
    if (this.#sockets.size >= this.#most) {
      socket.destroy();
      return false;
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    return true;
  }

  /** Resolves when all have ended by themselves, after `patience` milliseconds at the latest. */
  async ended(patience: number): Promise<void> {
    if (this.#sockets.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      const leave = () => {
        if (this.#sockets.size > 0) return;
        clearTimeout(timer);
        resolve();
      };
      for (const socket of this.#sockets) socket.once('close', leave);
    });
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

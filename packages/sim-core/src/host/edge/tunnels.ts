import type { Duplex } from 'node:stream';
import { Entrance, type EntranceParts } from './entrance.ts';

/** Most authorities whose entrance (and TLS sessions) are kept. */
const MOST_ENTRANCES = 64;

/** Tunnels that clients asked for with CONNECT: their other end is one of our own entrances, never a socket to the outside. */
export class Tunnels {
  readonly #parts: EntranceParts;
  readonly #entrances = new Map<string, Entrance>();

  constructor(parts: EntranceParts) {
    this.#parts = parts;
  }

  /** Serves what the client says through the tunnel: TLS or plain HTTP. */
  open(host: string, port: number, socket: Duplex): void {
    const key = `${host}:${port}`;
    const entrance =
      this.#entrances.get(key) ?? new Entrance(this.#parts, { servicePort: port, host, redirectPort: () => undefined });
    this.#entrances.set(key, entrance);
    if (this.#entrances.size > MOST_ENTRANCES) this.#entrances.delete(this.#entrances.keys().next().value as string);
    entrance.acceptAny(socket);
  }
}

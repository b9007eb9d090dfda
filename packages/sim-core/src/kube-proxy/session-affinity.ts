import type { Clock } from '../sim/clock.ts';
import type { ProxyEndpoint } from './endpoints.ts';

/** Clients that are remembered for one Service port; the one that was seen longest ago is forgotten first. */
const MOST_CLIENTS = 10_000;

/** `sessionAffinity: ClientIP`: which endpoint a client was sent to, until it stays away for the timeout. */
export class SessionAffinity {
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #byClient = new Map<string, { ip: string; port: number; seen: number }>();

  /** @param timeout milliseconds of cluster time (sessionAffinityConfig.clientIP.timeoutSeconds) */
  constructor(clock: Clock, timeout: number) {
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /** The endpoint that the client had, if it may still be used; each use renews it. */
  recall(client: string, usable: readonly ProxyEndpoint[]): ProxyEndpoint | undefined {
    const entry = this.#byClient.get(client);
    if (entry === undefined || this.#clock.now() - entry.seen >= this.#timeout) return undefined;
    const endpoint = usable.find(({ ip, port }) => ip === entry.ip && port === entry.port);
    if (endpoint !== undefined) this.remember(client, endpoint);
    return endpoint;
  }

  remember(client: string, { ip, port }: ProxyEndpoint): void {
    this.#byClient.delete(client);
    this.#byClient.set(client, { ip, port, seen: this.#clock.now() });
    if (this.#byClient.size > MOST_CLIENTS) this.#byClient.delete(this.#byClient.keys().next().value as string);
  }
}

/** Clients that a zone remembers; the longest unseen is forgotten first (5 MB of shared memory in the real one). */
const MOST_CLIENTS = 40_000;

/** The bucket of one client: how far it is above its rate, in thousandths of a request. */
interface Bucket {
  excess: number;
  /** Request time in milliseconds. */
  last: number;
}

/** What `limit_req` and `limit_conn` count; it outlives reloads, as the shared memory of nginx does. */
export class LimitZones {
  readonly #buckets = new Map<string, Map<string, Bucket>>();
  readonly #connections = new Map<string, Map<string, number>>();

  /**
   * Counts a request; false when the bucket runs over (ngx_http_limit_req_lookup).
   * @param rate thousandths of a request per second
   */
  takes(zone: string, client: string, rate: number, burst: number, now: number): boolean {
    const clients = entry(this.#buckets, zone);
    const known = clients.get(client);
    if (known === undefined) {
      forgetOldest(clients);
      clients.set(client, { excess: 0, last: now });
      return true;
    }
    const excess = Math.max(0, known.excess - Math.trunc((rate * Math.max(0, now - known.last)) / 1000) + 1000);
    if (excess > burst * 1000) return false;
    clients.delete(client);
    clients.set(client, { excess, last: now });
    return true;
  }

  /** Counts a request that begins; false when the client has as many under way already (ngx_http_limit_conn_handler). */
  enters(zone: string, client: string, most: number): boolean {
    const clients = entry(this.#connections, zone);
    const under = clients.get(client) ?? 0;
    if (under >= most) return false;
    clients.set(client, under + 1);
    return true;
  }

  /** Takes back what {@link enters} counted. */
  leaves(zone: string, client: string): void {
    const clients = entry(this.#connections, zone);
    const under = clients.get(client) ?? 0;
    if (under <= 1) clients.delete(client);
    else clients.set(client, under - 1);
  }
}

function entry<T>(zones: Map<string, Map<string, T>>, zone: string): Map<string, T> {
  let clients = zones.get(zone);
  if (clients === undefined) {
    clients = new Map();
    zones.set(zone, clients);
  }
  return clients;
}

function forgetOldest(clients: Map<string, Bucket>): void {
  if (clients.size < MOST_CLIENTS) return;
  for (const oldest of clients.keys()) {
    clients.delete(oldest);
    return;
  }
}

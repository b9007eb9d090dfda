/** auth_digest_timeout, _expires, _replays, _maxtries and _evasion_time, as ingress-nginx leaves them; milliseconds. */
const TIMEOUT = 60_000;
const EXPIRES = 10_000;
const REPLAYS = 20;
const MOST_TRIES = 5;
const EVASION_TIME = 300_000;
/** More are not remembered; the oldest goes first (auth_digest_shm_size). */
const MOST_NONCES = 10_000;
const MOST_CLIENTS = 10_000;

interface Nonce {
  expires: number;
  readonly used: Set<number>;
}

interface Failures {
  count: number;
  last: number;
}

/** Numbers that were given out, each good for a few answers, and clients that guess (ngx_http_auth_digest_module). */
export class DigestNonces {
  readonly #nonces = new Map<string, Nonce>();
  readonly #failures = new Map<string, Failures>();

  /** Remembers a new one. */
  add(nonce: string, now: number): void {
    this.#nonces.set(nonce, { expires: now + TIMEOUT, used: new Set() });
    if (this.#nonces.size > MOST_NONCES) this.#nonces.delete(this.#nonces.keys().next().value as string);
  }

  /** Whether an answer to it counts: it is known, not too old, and this is not the count of an earlier answer. */
  takes(nonce: string, count: number, now: number): boolean {
    const known = this.#nonces.get(nonce);
    if (known === undefined || known.expires <= now || known.used.has(count)) return false;
    if (!(count >= 0 && count < REPLAYS)) return false;
    if (known.used.size === 0) known.expires = now + EXPIRES;
    known.used.add(count);
    return true;
  }

  /** Whether a client failed so often that it is not even asked any more. */
  evades(client: string, now: number): boolean {
    const known = this.#failures.get(client);
    if (known === undefined) return false;
    if (known.last + EVASION_TIME <= now) {
      this.#failures.delete(client);
      return false;
    }
    return known.count >= MOST_TRIES;
  }

  failed(client: string, now: number): void {
    const count = (this.#failures.get(client)?.count ?? 0) + 1;
    this.#failures.delete(client);
    this.#failures.set(client, { count, last: now });
    if (this.#failures.size > MOST_CLIENTS) this.#failures.delete(this.#failures.keys().next().value as string);
  }

  succeeded(client: string): void {
    this.#failures.delete(client);
  }
}

import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RandomStream } from '../../../sim/random.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import type { SessionAffinity } from '../directives.ts';
import type { RequestContext } from '../request-context.ts';
import { readSession, sessionCookie, setsCookie } from '../session-cookie.ts';
import { Balancer } from './balancer.ts';
import { ConsistentHash, nameOf } from './consistent-hash.ts';

/** Keys that are tried until one leads to an endpoint that has not failed. */
const MOST_KEYS = 20;

/** An endpoint with the key that leads to it. */
type Picked = { readonly endpoint: Endpoint; readonly key: string };

/** A cookie brings the client back to its endpoint (rootfs/etc/nginx/lua/balancer/sticky.lua). */
abstract class Sticky extends Balancer {
  protected readonly random: RandomStream;
  readonly #affinity: SessionAffinity;
  /** Ties a cookie to this upstream, so that a canary's user is told from the main one's. */
  readonly #backendKey: string;

  constructor(upstream: Upstream, affinity: SessionAffinity, random: RandomStream) {
    super(upstream);
    this.random = random;
    this.#affinity = affinity;
    this.#backendKey = md5Hex(md5Hex(upstream.name) + upstream.name);
  }

  override isAffinitized(context: RequestContext): boolean {
    return readSession(context, this.#affinity).backendKey === this.#backendKey;
  }

  override pinned(context: RequestContext): Endpoint | undefined {
    const { key } = readSession(context, this.#affinity);
    return key === undefined ? undefined : this.find(key);
  }

  balance(context: RequestContext): Endpoint {
    const { key } = readSession(context, this.#affinity);
    const known = key === undefined ? undefined : this.find(key);
    const changes = context.attempts !== undefined && this.#affinity.cookie.changeOnFailure;
    if (known !== undefined && !changes) return known;
    const failed = new Set(context.attempts?.map(({ endpoint }) => endpoint));
    const picked = this.pick(failed, context);
    const cookie = { key: picked.key, backendKey: this.#backendKey };
    if (setsCookie(context, this.#affinity)) context.setCookie = sessionCookie(context, this.#affinity, cookie);
    return picked.endpoint;
  }

  /** The endpoint of a key; undefined when the key means nothing any more. */
  protected abstract find(key: string): Endpoint | undefined;

  /** An endpoint that has not failed, if there is one. */
  protected abstract pick(failed: ReadonlySet<string>, context: RequestContext): Picked;
}

/** Any key leads somewhere: new endpoints get their share of old clients (sticky_balanced.lua). */
export class StickyBalanced extends Sticky {
  readonly #ring: ConsistentHash<Endpoint>;

  constructor(upstream: Upstream, affinity: SessionAffinity, random: RandomStream) {
    super(upstream, affinity, random);
    this.#ring = new ConsistentHash(upstream.endpoints, nameOf);
  }

  protected find(key: string): Endpoint {
    return this.#ring.find(key);
  }

  protected pick(failed: ReadonlySet<string>, { running }: RequestContext): Picked {
    const now = running.clock.requestNow() / 1000;
    for (let i = 1; ; i++) {
      const key = `${(now + i).toFixed(3)}.1.${this.random.integer(1, 999_999)}`;
      const endpoint = this.#ring.find(key);
      if (i === MOST_KEYS || !failed.has(nameOf(endpoint))) return { endpoint, key };
    }
  }
}

/** Clients stay where they are while their endpoint lives (sticky_persistent.lua, util/nodemap.lua). */
export class StickyPersistent extends Sticky {
  readonly #byKey: ReadonlyMap<string, Endpoint>;

  constructor(upstream: Upstream, affinity: SessionAffinity, random: RandomStream) {
    super(upstream, affinity, random);
    this.#byKey = new Map(upstream.endpoints.map((each) => [md5Hex(upstream.name + nameOf(each)), each]));
  }

  protected find(key: string): Endpoint | undefined {
    return this.#byKey.get(key);
  }

  protected pick(failed: ReadonlySet<string>): Picked {
    const all = [...this.#byKey].map(([key, endpoint]): Picked => ({ key, endpoint }));
    const well = all.filter(({ endpoint }) => !failed.has(nameOf(endpoint)));
    const choice = well.length > 0 ? well : all;
    return choice[this.random.integer(0, choice.length - 1)] as Picked;
  }
}

function md5Hex(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)));
}

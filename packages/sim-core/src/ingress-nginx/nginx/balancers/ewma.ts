import type { RandomStream } from '../../../sim/random.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import { Balancer } from './balancer.ts';
import { nameOf } from './consistent-hash.ts';

/** Milliseconds after which a measurement weighs 1/e of a new one. */
const DECAY = 10_000;

interface Measured {
  /** Moving average of response times, milliseconds. */
  score: number;
  /** Request time of the last measurement. */
  at: number;
}

/**
 * Of two endpoints drawn at random the one whose answers took less time lately (rootfs/etc/nginx/lua/balancer/ewma.lua).
 * New endpoints begin with the average of the others.
 */
export class Ewma extends Balancer {
  readonly #random: RandomStream;
  readonly #measured: Map<string, Measured>;

  /** @param previous what was measured before the upstream changed */
  constructor(upstream: Upstream, random: RandomStream, previous: Balancer | undefined) {
    super(upstream);
    this.#random = random;
    const names = new Set(upstream.endpoints.map(nameOf));
    const known = previous instanceof Ewma ? [...previous.#measured].filter(([name]) => names.has(name)) : [];
    this.#measured = new Map(known);
    this.#startSlowly(names);
  }

  balance(): Endpoint {
    const { endpoints } = this.upstream;
    const first = this.#random.integer(0, endpoints.length - 1);
    if (endpoints.length === 1) return endpoints[first] as Endpoint;
    const other = this.#random.integer(0, endpoints.length - 2);
    const [one, two] = [endpoints[first], endpoints[other < first ? other : other + 1]] as [Endpoint, Endpoint];
    return this.#scoreOf(one) <= this.#scoreOf(two) ? one : two;
  }

  override ended(endpoint: Endpoint, time: number, now: number): void {
    const known = this.#measured.get(nameOf(endpoint)) ?? { score: 0, at: now };
    const weight = Math.exp(-Math.max(0, now - known.at) / DECAY);
    this.#measured.set(nameOf(endpoint), { score: known.score * weight + time * (1 - weight), at: now });
  }

  #scoreOf(endpoint: Endpoint): number {
    return this.#measured.get(nameOf(endpoint))?.score ?? 0;
  }

  #startSlowly(names: ReadonlySet<string>): void {
    const known = [...this.#measured.values()];
    if (known.length === 0) return;
    const score = known.reduce((sum, each) => sum + each.score, 0) / known.length;
    const at = Math.max(...known.map((each) => each.at));
    for (const name of names) if (!this.#measured.has(name)) this.#measured.set(name, { score, at });
  }
}

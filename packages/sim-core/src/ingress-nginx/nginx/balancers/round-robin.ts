import type { RandomStream } from '../../../sim/random.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import { Balancer } from './balancer.ts';

/**
 * One endpoint after the other, all of equal weight, from a random start (rootfs/etc/nginx/lua/balancer/round_robin.lua).
 * Each nginx worker has its own position in the real proxy; here there is one worker.
 */
export class RoundRobin extends Balancer {
  #next: number;

  /** @param random decides the first endpoint */
  constructor(upstream: Upstream, random: RandomStream) {
    super(upstream);
    this.#next = random.integer(0, upstream.endpoints.length - 1);
  }

  balance(): Endpoint {
    const { endpoints } = this.upstream;
    const endpoint = endpoints[this.#next] as Endpoint;
    this.#next = this.#next + 1 === endpoints.length ? 0 : this.#next + 1;
    return endpoint;
  }
}

import type { RandomStream } from '../../../sim/random.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import { compileLuaExpression, type Expression } from '../expression.ts';
import type { RequestContext } from '../request-context.ts';
import { Balancer } from './balancer.ts';
import { ConsistentHash } from './consistent-hash.ts';

/**
 * upstream-hash-by with upstream-hash-by-subset: the value of the expression chooses a group of endpoints, chance one of the
 * group (rootfs/etc/nginx/lua/balancer/chashsubset.lua).
 */
export class HashSubsetBalancer extends Balancer {
  readonly #ring: ConsistentHash<readonly Endpoint[]>;
  readonly #key: Expression;
  readonly #chance: RandomStream;

  constructor(upstream: Upstream, chance: RandomStream) {
    super(upstream);
    const subsets = subsetsOf(upstream.endpoints, upstream.directives.hashBySubsetSize);
    this.#ring = new ConsistentHash(subsets, (subset) => `set${subsets.indexOf(subset) + 1}`);
    this.#key = compileLuaExpression(upstream.directives.hashBy);
    this.#chance = chance;
  }

  balance(context: RequestContext): Endpoint {
    const subset = this.#ring.find(this.#key(context));
    return subset[this.#chance.integer(0, subset.length - 1)] as Endpoint;
  }
}

/** Groups of one size in the order of the endpoints; the first endpoints fill the last group up. */
function subsetsOf(endpoints: readonly Endpoint[], size: number): (readonly Endpoint[])[] {
  const wanted = Math.max(1, size);
  const count = Math.ceil(endpoints.length / wanted);
  const filled = [...endpoints, ...endpoints.slice(0, Math.max(0, count * wanted - endpoints.length))];
  return Array.from({ length: count }, (_, i) => filled.slice(i * wanted, (i + 1) * wanted));
}

import type { Endpoint, Upstream } from '../configuration.ts';
import { compileLuaExpression, type Expression } from '../expression.ts';
import type { RequestContext } from '../request-context.ts';
import { Balancer } from './balancer.ts';
import { ConsistentHash, nameOf } from './consistent-hash.ts';

/** The value of `upstream-hash-by` chooses the endpoint (rootfs/etc/nginx/lua/balancer/chash.lua). */
export class HashBalancer extends Balancer {
  readonly #ring: ConsistentHash<Endpoint>;
  readonly #key: Expression;

  constructor(upstream: Upstream) {
    super(upstream);
    this.#ring = new ConsistentHash(upstream.endpoints, nameOf);
    this.#key = compileLuaExpression(upstream.directives.hashBy);
  }

  balance(context: RequestContext): Endpoint {
    return this.#ring.find(this.#key(context));
  }

  override pinned(context: RequestContext): Endpoint {
    return this.balance(context);
  }
}

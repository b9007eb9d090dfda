import type { RandomStream } from '../../../sim/random.ts';
import type { Upstream } from '../configuration.ts';
import type { Balancer } from './balancer.ts';
import { Ewma } from './ewma.ts';
import { HashBalancer } from './hash.ts';
import { HashSubsetBalancer } from './hash-subset.ts';
import { RoundRobin } from './round-robin.ts';
import { StickyBalanced, StickyPersistent } from './sticky.ts';

/**
 * The balancer that an upstream asks for: a session cookie beats a hash, a hash beats load-balance
 * (rootfs/etc/nginx/lua/balancer.lua, get_implementation).
 */
export function newBalancer(upstream: Upstream, random: RandomStream, previous: Balancer | undefined): Balancer {
  const { sessionAffinity, directives } = upstream;
  if (sessionAffinity !== undefined) {
    const Kind = sessionAffinity.mode === 'persistent' ? StickyPersistent : StickyBalanced;
    return new Kind(upstream, sessionAffinity, random);
  }
  if (directives.hashBy !== '')
    return directives.hashBySubset ? new HashSubsetBalancer(upstream, random) : new HashBalancer(upstream);
  return directives.loadBalance === 'ewma' ? new Ewma(upstream, random, previous) : new RoundRobin(upstream, random);
}

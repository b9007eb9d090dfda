import type { RandomStream } from '../../../sim/random.ts';
import type { CanaryPolicy } from '../canary-policy.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import type { Origin } from '../edge-request.ts';

/** Chooses an endpoint of one upstream, as a Lua balancer object does (rootfs/etc/nginx/lua/balancer/*.lua). */
export interface Balancer {
  readonly upstream: Upstream;
  /** Ready-made form of the traffic shaping policy; on canary upstreams only. */
  readonly policy: CanaryPolicy | undefined;
  /** Streams of canary draws where this is the primary, by origin; filled at the first draw. */
  readonly draws: Record<Origin, RandomStream | undefined>;
  /** The next endpoint. Balancers exist only for upstreams with at least one. */
  balance(): Endpoint;
}

import type { RandomStream } from '../../../sim/random.ts';
import { type CanaryPolicy, compileCanaryPolicy } from '../canary-policy.ts';
import type { Endpoint, Upstream } from '../configuration.ts';
import type { Origin } from '../edge-request.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Chooses an endpoint of one upstream, as a Lua balancer object does (rootfs/etc/nginx/lua/balancer/*.lua). Balancers exist
 * only for upstreams with at least one endpoint.
 */
export abstract class Balancer {
  readonly upstream: Upstream;
  /** Ready-made form of the traffic shaping policy; on canary upstreams only. */
  readonly policy: CanaryPolicy | undefined;
  /** Streams of canary draws where this is the primary, by origin; filled at the first draw. */
  readonly draws: Record<Origin, RandomStream | undefined> = { client: undefined, load: undefined };

  constructor(upstream: Upstream) {
    this.upstream = upstream;
    this.policy = upstream.trafficShaping && compileCanaryPolicy(upstream.trafficShaping);
  }

  /** The endpoint for one try. */
  abstract balance(context: RequestContext): Endpoint;

  /** Whether the client's cookie binds it to this upstream. */
  isAffinitized(_context: RequestContext): boolean {
    return false;
  }

  /** The endpoint where neither chance nor what went before has a say; undefined where they have. */
  pinned(_context: RequestContext): Endpoint | undefined {
    return undefined;
  }

  /** A request to the endpoint has ended, after so many milliseconds. */
  ended(_endpoint: Endpoint, _time: number, _now: number): void {}
}

/** Which share of the requests goes to the alternative upstream, and who is sent there or kept away (Lua balancer). */
export interface TrafficShapingPolicy {
  /** Share out of `weightTotal`, as written. */
  weight: number;
  /** As written; the balancer uses it only above 100. */
  weightTotal: number;
  /** Header name, or '' for none. */
  header: string;
  headerValue: string;
  headerPattern: string;
  cookie: string;
}

/** Valid per upstream. The Ingress that creates the upstream sets them. */
export interface UpstreamDirectives {
  loadBalance: 'round_robin' | 'ewma';
  /** Expression whose value chooses the pod; '' for none. */
  hashBy: string;
  /** Whether it chooses a group of `hashBySubsetSize` pods, and chance one of them. */
  hashBySubset: boolean;
  hashBySubsetSize: number;
  /** The Service's own address is the only endpoint. */
  serviceUpstream: boolean;
}

/** What holds for an upstream where neither annotations nor the ConfigMap say anything. */
export const DEFAULT_UPSTREAM_DIRECTIVES: UpstreamDirectives = Object.freeze({
  loadBalance: 'round_robin',
  hashBy: '',
  hashBySubset: false,
  hashBySubsetSize: 3,
  serviceUpstream: false,
});

/** Cookie by which a client comes back to its pod (Lua sticky balancers). */
export interface SessionAffinity {
  readonly mode: 'balanced' | 'persistent';
  readonly cookie: SessionCookie;
  /** Paths that set the cookie, by host. */
  readonly locations: Readonly<Record<string, readonly string[]>>;
}

/** The attributes of a session cookie. */
export interface SessionCookie {
  readonly name: string;
  /** Seconds as written; '' for none. */
  readonly expires: string;
  readonly maxAge: string;
  /** '' for the path of the rule. */
  readonly path: string;
  readonly domain: string;
  readonly sameSite: string;
  readonly conditionalSameSiteNone: boolean;
  /** Undefined: on https only. */
  readonly secure: boolean | undefined;
  readonly changeOnFailure: boolean;
}

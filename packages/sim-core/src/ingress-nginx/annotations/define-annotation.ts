import type {
  AuthRequest,
  ClientVerification,
  Cors,
  LocationDirectives,
  Mirror,
  ProxySsl,
  SessionAffinity,
  SessionCookie,
  TrafficShapingPolicy,
  UpstreamDirectives,
} from '../nginx/directives.ts';

/** Prefix of every annotation of the controller, unless it is told another (--annotations-prefix). */
export const ANNOTATION_PREFIX = 'nginx.ingress.kubernetes.io/';

/** An annotation's name without its prefix, whatever that is. */
export function withoutPrefix(annotation: string): string {
  return annotation.slice(annotation.lastIndexOf('/') + 1);
}

/** What the annotations of one Ingress amount to; each annotation's `apply` sets its part. */
export interface IngressDirectives {
  readonly location: LocationDirectives;
  readonly upstream: UpstreamDirectives;
  /** Whether the Ingress is a canary, and its policy. */
  canary: boolean;
  readonly policy: TrafficShapingPolicy;
  serverAlias: readonly string[];
  /** What the path is replaced by; acts where it differs from the path (model/locations.ts). */
  rewriteTarget: string;
  useRegex: boolean;
  xForwardedPrefix: string;
  appRoot: string;
  fromToWww: boolean;
  /** Service of the same namespace; '' for none. */
  defaultBackend: string;
  disableInterceptErrors: boolean;
  /** Whether `customHttpErrors` are the Ingress's own, and not those of the ConfigMap. */
  ownHttpErrors: boolean;
  /** ConfigMap with response headers, `namespace/name`. */
  customHeaders: string;
  readonly redirect: { permanent: string; permanentCode: number; temporal: string; temporalCode: number };
  readonly cors: Draft<Cors> & { enabled: boolean };
  readonly auth: { type: '' | 'basic' | 'digest'; secret: string; secretType: 'auth-file' | 'auth-map'; realm: string };
  readonly limit: {
    rps: number;
    rpm: number;
    connections: number;
    burstMultiplier: number;
    allowlist: readonly string[];
  };
  readonly affinity: {
    type: string;
    mode: SessionAffinity['mode'];
    canaryBehavior: 'sticky' | 'legacy';
    readonly cookie: Draft<SessionCookie>;
  };
  readonly authRequest: Draft<AuthRequest> & {
    redirectParam: string;
    /** ConfigMap of `proxySetHeaders`, `namespace/name` or a name. */
    headersFrom: string;
    /** Whether the ConfigMap's service is asked where the Ingress names none. */
    global: boolean;
  };
  readonly authTls: Pick<Draft<ClientVerification>, ClientSettings> & { secret: string; matchCn: string };
  /** What the host asks of its clients; nothing where the Ingress does not say. */
  clientAuth?: ClientAuth;
  /** Without the certificates that its Secret holds. */
  readonly proxySsl: Omit<Draft<ProxySsl>, 'caPem' | 'certPem' | 'keyPem'>;
  /** ConfigMap of `fastcgiParams`; '' for none. */
  fastcgiParamsFrom: string;
  sslPassthrough: boolean;
  /** '' for the ConfigMap's. */
  sslCiphers: string;
  sslPreferServerCiphers?: boolean;
  readonly mirror: Draft<Mirror>;
  /** Undefined: what the ConfigMap says. */
  readonly opentelemetry: { enabled?: boolean; operationName: string; trustIncomingSpan?: boolean };
}

type ClientSettings = 'verifyClient' | 'verifyDepth' | 'errorPage' | 'passCertificate';

/** What `auth-tls-…` amounts to for the whole host. */
export type ClientAuth =
  /** Why every request to the host is answered 403; '' for nothing. */
  | { readonly error: string; readonly matchCn?: undefined; readonly verification?: undefined }
  | { readonly error: ''; readonly matchCn: string; readonly verification?: ClientVerification };

/** Directives that act together are gathered here, and put into effect when all are read (finish.ts). */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** A value that the parser refuses, in the original's words. */
export class InvalidValue {
  readonly reason: string;
  /** What this value does, where that is not what the annotation's bad values do. */
  readonly effect: Annotation['onInvalid'] | undefined;

  constructor(reason: string, effect?: Annotation['onInvalid']) {
    this.reason = reason;
    this.effect = effect;
  }
}

/** How one annotation reads and acts: one file for each, all of this shape. */
export interface Annotation<T = unknown> {
  /** Without prefix. */
  readonly name: string;
  /** Former names that still work. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** As the documentation prints it; '' for none. */
  readonly default: string;
  readonly example: string;
  readonly scope: 'location' | 'ingress';
  /** Highest risk that `annotations-risk-level` must allow. */
  readonly risk: 'Low' | 'Medium' | 'High' | 'Critical';
  /** How true the simulation is: `full`, `partial` with its deviation, or `accepted` without effect. */
  readonly fidelity: 'full' | { readonly partial: string } | { readonly accepted: string };
  /** Upstream file that defines the behaviour. */
  readonly upstream: string;
  /** What a bad value does: the default stays, every location answers 503, or the Ingress is not loaded. */
  readonly onInvalid: 'default' | 'deny' | 'drop';
  /** Annotation without which the original does not even read this one. */
  readonly needs?: string;
  /** Reads the value; never throws. */
  parse(value: string): T | InvalidValue;
  /** Sets directives, and nothing else. */
  apply(value: T, directives: IngressDirectives): void;
}

/** Declares an annotation; exists so that `parse` and `apply` are checked against one another. */
export function defineAnnotation<T>(annotation: Annotation<T>): Annotation<T> {
  return Object.freeze(annotation);
}

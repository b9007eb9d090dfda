import type {
  HttpDirectives,
  LocationDirectives,
  ServerDirectives,
  SessionAffinity,
  TrafficShapingPolicy,
  UpstreamDirectives,
} from './directives.ts';

/**
 * What the proxy runs on: one immutable snapshot, rebuilt top to bottom by `model/` and handed over whole. Nothing here
 * knows Kubernetes; a {@link Source} carries the names along as the real template does with `set $namespace`, `set
 * $ingress_name`, `set $service_name`.
 */
export interface NginxConfiguration {
  readonly http: HttpDirectives;
  /** Sorted by hostname; `_` is the default server. */
  readonly servers: readonly Server[];
  /** Sorted by name. */
  readonly upstreams: readonly Upstream[];
  /** Served where no server certificate fits the name that the client asked for. */
  readonly defaultCertificate: Certificate;
  /** Hosts whose TLS connections go on undecrypted; none without --enable-ssl-passthrough. */
  readonly passthrough: readonly PassthroughBackend[];
}

/** The object and field that a part of the configuration came from. */
export interface Source {
  readonly namespace: string;
  readonly ingress: string;
  /** Field path in the Ingress: `spec.rules[0].http.paths[1]`. */
  readonly field: string;
  readonly service: string;
  /** Port as the Ingress names it: number or name. */
  readonly port: string;
}

export interface Server {
  /** Host as the rule has it: exact, `*.example.com`, or `_` for rules without host. */
  readonly hostname: string;
  /** In the order in which nginx.conf lists them. */
  readonly locations: readonly Location[];
  readonly directives: ServerDirectives;
  /** Absent: the host has no entry in the certificate table, so `ssl-redirect` does not act. */
  readonly certificate?: Certificate;
  /** Where its parts come from; nothing for what nobody asked for. */
  readonly sources?: ServerSources;
}

/** Where TLS connections to a host go, by the server name of the handshake (pkg/tcpproxy). */
export interface PassthroughBackend {
  readonly hostname: string;
  /** Address and port of the Service. */
  readonly address: string;
  readonly port: number;
  readonly namespace: string;
  readonly service: string;
  readonly source?: Source;
}

/** Where the parts of a server were declared: its name in a rule, directives and certificate in the first Ingress that has them. */
export type ServerSources = { readonly [K in 'hostname' | 'certificate' | keyof ServerDirectives]?: Source };

export interface Location {
  /** `=` exact, none for a prefix, `~*` for a case-insensitive regex anchored at its beginning. */
  readonly modifier: '=' | '' | '~*';
  /** Path of the nginx location; a Prefix `/foo` is two locations, `= /foo` and `/foo/`. */
  readonly path: string;
  /** Path that the Ingress declares, before nginx's locations were made of it. */
  readonly ingressPath: string;
  /** Path type that the Ingress declares; ImplementationSpecific acts as Prefix. */
  readonly ingressPathType: 'Exact' | 'Prefix';
  /** Name of the upstream. */
  readonly backend: string;
  /** The implicit `/` of a host, or the catch-all: no rule asks for it. */
  readonly isDefaultBackend: boolean;
  /** Absent for the controller's own `_` root. */
  readonly source?: Source;
  readonly directives: LocationDirectives;
}

export interface Upstream {
  /** `namespace-service-port`, as the access log and the metrics print it. */
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: string;
  /** The path or default backend that made it, and whose Ingress set its directives; absent for the controller's own. */
  readonly source?: Source;
  readonly endpoints: readonly Endpoint[];
  /** Names of the canary upstreams; only the first is ever asked (balancer.lua). */
  readonly alternativeBackends: readonly string[];
  /** Present on a canary upstream. */
  readonly trafficShaping?: TrafficShapingPolicy;
  /** Where the canary policy was declared. */
  readonly canary?: Source;
  readonly sessionAffinity?: SessionAffinity;
  /** Where session affinity was declared. */
  readonly affinitySource?: Source;
  readonly directives: UpstreamDirectives;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** `namespace/name` of the pod behind the address, where it is known. */
  readonly pod?: string;
  readonly node?: string;
}

/** A certificate with its key, ready to be served. */
export interface Certificate {
  /** `namespace/secret`, or {@link FAKE_CERTIFICATE}. */
  readonly name: string;
  readonly certPem: string;
  readonly keyPem: string;
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

export const DEFAULT_SERVER = '_';
export const DEFAULT_UPSTREAM = 'upstream-default-backend';
/** Upstream names of `default-backend` begin so; the template looks for it. */
export const CUSTOM_DEFAULT_BACKEND = 'custom-default-backend-';
export const FAKE_CERTIFICATE = 'default-fake-certificate';

import type { Service } from '../../api/core-v1/service.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';

/** One vector of `ingress-nginx.json`: manifests and a request or another event, and what the real controller makes of it. */
export interface Vector {
  readonly id: string;
  readonly area: string;
  readonly kind: Kind;
  /** Loaded with their uid and creationTimestamp: age decides conflicts. */
  readonly manifests?: readonly KubeObject[];
  /** By `name` or `namespace/name`. */
  readonly services?: Readonly<Record<string, { readonly endpoints: number; readonly behaviour?: string }>>;
  /** By `name` or `namespace/name`; values as plain text. */
  readonly secrets?: Readonly<Record<string, VectorSecret>>;
  /** By `name` or `namespace/name`. */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The controller's ConfigMap keys and flags, in camel case. */
  readonly controllerConfig?: Readonly<Record<string, boolean | number | string>>;
  /** The Service of --publish-service: its spec, and the addresses of its load balancer. */
  readonly publishService?: Partial<Service['spec']> & { readonly lb?: { ip?: string; hostname?: string }[] };
  /** What happens once everything runs, in words: `scale service a from 1 to 3 endpoints`. */
  readonly change?: string;
  /** The object that is sent to the API server. */
  readonly admit?: KubeObject;
  readonly request?: VectorRequest;
  /** Several requests of one client, one after the other. */
  readonly steps?: readonly { readonly request: VectorRequest; readonly expect: HttpExpect }[];
  readonly expect?: HttpExpect & ApiExpect & AdmissionExpect;
}

/** What a vector looks at. */
export type Kind = 'http' | 'admission' | 'api' | 'reload';

export interface VectorSecret {
  /** A certificate for these names, and its key. */
  readonly tls?: { readonly dnsNames: readonly string[] };
  readonly data?: Readonly<Record<string, string>>;
}

export interface VectorRequest {
  readonly method?: string;
  readonly scheme?: 'http' | 'https';
  /** Host header. */
  readonly host: string;
  /** As it is sent, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes of a body that says nothing. */
  readonly bodySize?: number;
  readonly repeat?: number;
  /** All at once, on connections of their own. */
  readonly parallel?: boolean;
  /** As quickly as they go; what is sent in turn here always is. */
  readonly backToBack?: boolean;
  /** Whether the repeated requests carry the cookies that answers set. */
  readonly cookieJar?: boolean;
  /** Server name of the TLS hello; '' for none, the host's name where it is left out. */
  readonly sni?: string;
}

/** What a header is to be: this value, or one of these. */
export type Matcher = string | { readonly absent?: boolean; readonly present?: boolean; readonly matches?: string };

/** Least and most, both included. */
export type Band = readonly [low: number, high: number];

/** Every answer has to be so; shares and counts are of all answers. */
export interface HttpExpect {
  readonly status?: number;
  /** Service whose pod answered; null: none did. */
  readonly backend?: string | null;
  readonly location?: Matcher;
  readonly responseHeaders?: Readonly<Record<string, Matcher>>;
  readonly upstreamHeaders?: Readonly<Record<string, Matcher>>;
  readonly upstreamPath?: string;
  readonly bodyContains?: string;
  readonly statusShare?: Readonly<Record<string, Band>>;
  readonly statusCount?: Readonly<Record<string, Band>>;
  readonly backendShare?: Readonly<Record<string, Band>>;
  readonly podShare?: Readonly<Record<string, Band>>;
  readonly distinctPods?: number;
  readonly certCN?: string;
  readonly certDNS?: string;
}

/** An event that is to be there. */
export interface EventExpect {
  /** Name of the object, or `controller-pod`. */
  readonly on: string;
  readonly type: string;
  readonly reason: string;
  readonly message?: string;
  readonly messagePrefix?: string;
  readonly component?: string;
}

export interface ApiExpect {
  readonly loadBalancerIngress?: readonly { ip?: string; hostname?: string }[];
  /** Name of the Ingress that is meant; the first one where it is left out. */
  readonly forIngress?: string;
  /** Cluster time. */
  readonly withinSeconds?: number;
  readonly events?: readonly EventExpect[];
  /** Events that the change makes, and no others. */
  readonly newEvents?: readonly EventExpect[];
  readonly reload?: string;
  /** Part of what nginx says of the configuration. */
  readonly nginxError?: string;
  /** `previous`: what was loaded before goes on. */
  readonly servingConfig?: string;
  readonly event?: EventExpect;
}

export interface AdmissionExpect {
  readonly allowed?: boolean;
  /** What the webhook says, without the API server's words around it. */
  readonly message?: string;
  readonly messagePrefix?: string;
  readonly warnings?: readonly string[];
}

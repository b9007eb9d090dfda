import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { type Shape, strangeness } from '../shape.ts';

/** One vector of `ingress-conformance.json`: a scenario of kubernetes-sigs/ingress-controller-conformance. */
export interface Vector {
  readonly id: string;
  readonly feature: string;
  readonly scenario?: string;
  readonly describe?: string;
  readonly namespace?: string;
  readonly manifests: readonly KubeObject[];
  readonly tlsSecrets?: readonly TlsSecret[];
  /** What happens once everything runs, in order. */
  readonly actions?: readonly Action[];
  /** Null: only the status of Ingresses is looked at. */
  readonly request: VectorRequest | null;
  readonly expect: Expect;
}

export interface TlsSecret {
  readonly name: string;
  readonly namespace: string;
  readonly cn: string;
  readonly org?: string;
  readonly dnsNames: readonly string[];
  readonly keyType?: 'P-256' | 'RSA-2048';
  /** These have one value each: it says what every Secret here is. */
  readonly type?: string;
  readonly selfSigned?: boolean;
  readonly dataKeys?: readonly string[];
}

export interface Action {
  readonly scale?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name: string;
    readonly replicas: number;
  };
  readonly waitReadyEndpoints?: { readonly service: string; readonly count: number };
}

export interface VectorRequest {
  readonly scheme: 'http' | 'https';
  /** Host header; null: the load balancer's own name. */
  readonly host: string | null;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the client goes where a redirect sends it, on the same load balancer. */
  readonly followRedirects?: boolean;
  readonly repeat?: number;
  readonly sni?: string;
  /** Clients of the suite never check certificates. */
  readonly insecureSkipVerify?: boolean;
}

export interface Expect {
  /** The API server takes the manifests. */
  readonly accepted?: boolean;
  readonly ingressStatus?: 'has-address' | 'no-address';
  /** How long the suite waits for a status that must not come, seconds of cluster time. */
  readonly waitSecondsReference?: number;
  readonly status?: number;
  /** Service whose pod answered, as it says itself. */
  readonly service?: string;
  /** Host that the pod saw. */
  readonly host?: string;
  readonly distinctPods?: number;
  readonly responseProto?: string;
  /** `*`: any value. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly backendRequest?: {
    readonly method?: string;
    readonly path?: string;
    readonly host?: string;
    readonly proto?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Names of the certificate that was shown. */
  readonly tlsSAN?: readonly string[];
  /** Host that the certificate must be good for. */
  readonly tlsVerifyHostname?: string;
}

const REQUEST: Shape = {
  required: ['scheme', 'host', 'method', 'path'],
  fields: {
    scheme: 'text',
    host: { nullOr: 'text' },
    method: 'text',
    path: 'text',
    headers: { mapOf: 'text' },
    followRedirects: 'flag',
    repeat: 'number',
    sni: 'text',
    insecureSkipVerify: 'flag',
  },
};

const EXPECT: Shape = {
  fields: {
    accepted: 'flag',
    ingressStatus: 'text',
    waitSecondsReference: 'number',
    status: 'number',
    service: 'text',
    host: 'text',
    distinctPods: 'number',
    responseProto: 'text',
    responseHeaders: { mapOf: 'text' },
    backendRequest: {
      fields: { method: 'text', path: 'text', host: 'text', proto: 'text', headers: { mapOf: 'text' } },
    },
    tlsSAN: { listOf: 'text' },
    tlsVerifyHostname: 'text',
  },
};

const SCALE: Shape = {
  fields: { kind: 'text', namespace: 'text', name: 'text', replicas: 'number', via: 'anything' },
};

const TLS_SECRET: Shape = {
  required: ['name', 'namespace', 'cn', 'dnsNames'],
  fields: {
    name: 'text',
    namespace: 'text',
    type: 'text',
    selfSigned: 'flag',
    keyType: 'text',
    cn: 'text',
    org: 'text',
    dnsNames: { listOf: 'text' },
    dataKeys: { listOf: 'text' },
  },
};

const VECTOR: Shape = {
  required: ['manifests', 'request', 'expect'],
  fields: {
    id: 'text',
    feature: 'text',
    // Remarks.
    scenario: 'anything',
    describe: 'anything',
    namespace: 'text',
    manifests: { listOf: 'anything' },
    tlsSecrets: { listOf: TLS_SECRET },
    actions: {
      listOf: { fields: { scale: SCALE, waitReadyEndpoints: { fields: { service: 'text', count: 'number' } } } },
    },
    request: { nullOr: REQUEST },
    expect: EXPECT,
  },
};

/** Why a vector cannot be run: what it asks for that nobody here understands. Empty when it can. */
export function reasonsToSkip(vector: Vector): string[] {
  const strange = strangeness(vector, VECTOR);
  if (strange.length > 0) return strange;
  return [
    ...unless(STATUSES.has(vector.expect.ingressStatus), 'expect.ingressStatus', vector.expect.ingressStatus),
    ...(vector.tlsSecrets ?? []).flatMap(({ type, selfSigned, keyType, dataKeys }) => [
      ...unless(type === undefined || type === 'kubernetes.io/tls', 'tlsSecrets.type', type),
      ...unless(selfSigned !== false, 'tlsSecrets.selfSigned', selfSigned),
      ...unless(KEY_TYPES.has(keyType), 'tlsSecrets.keyType', keyType),
      ...unless(dataKeys === undefined || dataKeys.join() === 'tls.crt,tls.key', 'tlsSecrets.dataKeys', dataKeys),
    ]),
  ];
}

const STATUSES: ReadonlySet<unknown> = new Set([undefined, 'has-address', 'no-address']);
const KEY_TYPES: ReadonlySet<unknown> = new Set([undefined, 'P-256', 'RSA-2048']);

function unless(known: boolean, path: string, value: unknown): string[] {
  return known ? [] : [`${path}: unknown: ${JSON.stringify(value)}`];
}

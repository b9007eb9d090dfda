import type { Ingress, IngressBackend } from '../../api/networking-v1/ingress.ts';
import type { IngressDirectives } from '../annotations/define-annotation.ts';
import type { Certificate, Endpoint, ServerSources, Source } from '../nginx/configuration.ts';
import type {
  LocationDirectives,
  SessionAffinity,
  TrafficShapingPolicy,
  UpstreamDirectives,
} from '../nginx/directives.ts';

import type { ServerTls } from './server-tls-draft.ts';

/** A path of a rule as the controller stores it: ImplementationSpecific and missing types are Prefix. */
export interface ParsedPath {
  /** As written; `/` when missing. */
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly backend: IngressBackend;
  /** Field path in the Ingress. */
  readonly field: string;
}

/** A rule; without `paths` it has no http part. */
export interface ParsedRule {
  /** `_` for a rule without host. */
  readonly host: string;
  readonly paths: readonly ParsedPath[] | undefined;
}

/** An Ingress of our class with its annotations read. */
export interface ParsedIngress {
  readonly ingress: Ingress;
  readonly namespace: string;
  readonly name: string;
  readonly rules: readonly ParsedRule[];
  readonly directives: IngressDirectives;
}

/** An upstream while the model is built; see nginx/configuration.ts for the finished one. */
export interface UpstreamDraft {
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: string;
  readonly source?: Source;
  readonly endpoints: readonly Endpoint[];
  readonly alternativeBackends: string[];
  sessionAffinity: SessionAffinity | undefined;
  affinitySource: Source | undefined;
  readonly directives: UpstreamDirectives;
  /** Made by a canary: no location may lead to it. */
  readonly noServer: boolean;
  readonly trafficShaping?: TrafficShapingPolicy;
  readonly canary?: Source;
}

export interface LocationDraft {
  path: string;
  pathType: 'Exact' | 'Prefix';
  readonly ingressPath: string;
  readonly ingressPathType: 'Exact' | 'Prefix';
  backend: string;
  isDefaultBackend: boolean;
  source: Source | undefined;
  directives: LocationDirectives;
  rewriteTarget: string;
  useRegex: boolean;
  xForwardedPrefix: string;
  appRoot: string;
  /** Whether its custom-http-errors are its Ingress's own. */
  ownHttpErrors: boolean;
  /** Service of `default-backend`, with its namespace. */
  defaultBackend: { namespace: string; service: string } | undefined;
}

export interface ServerDraft {
  readonly hostname: string;
  locations: LocationDraft[];
  certificate: Certificate | undefined;
  serverAlias: readonly string[];
  fromToWww: boolean;
  readonly tls: ServerTls;
  readonly sources: { -readonly [K in keyof ServerSources]: ServerSources[K] };
}

/** Why a path of an Ingress leads nowhere, for `explain` and the doctor. */
export type DropReason =
  /** Another Ingress, older, has the same host, path and type. */
  | 'path-taken'
  /** Its Service is a canary's: the upstream has no server. */
  | 'service-is-canary'
  /** No location of a main Ingress has this host, path and type. */
  | 'no-main'
  /** No main Ingress has this host at all. */
  | 'no-host'
  /** Main and canary name the same Service and port. */
  | 'same-service'
  /** Its Service is used by an older, ordinary Ingress: the canary's policy was lost. */
  | 'service-is-main'
  /** Another canary stands before it. */
  | 'second-canary'
  /** There are only canaries. */
  | 'only-canaries'
  /** Its path is a regex that only an engine could run that goes back. */
  | 'regex-refused';

/** A path of an Ingress that leads nowhere. */
export interface Dropped {
  readonly namespace: string;
  readonly ingress: string;
  readonly field: string;
  readonly host: string;
  readonly path: string;
  readonly reason: DropReason;
  /** Ingress that stands in the way, `namespace/name`; '' without one. */
  readonly by: string;
}

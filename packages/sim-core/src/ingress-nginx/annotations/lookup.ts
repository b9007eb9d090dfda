import type { IngressDirectives } from './define-annotation.ts';

/** Objects that annotations name, as the controller finds them. */
export interface AnnotationLookup {
  /** The Ingress itself. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Decoded data of a Secret; undefined when there is none. */
  secret(namespace: string, name: string): Readonly<Record<string, string>> | undefined;
  /** Certificates of a Secret for TLS, or why there are none. */
  tlsSecret(namespace: string, name: string): TlsSecret | string;
  hasService(namespace: string, name: string): boolean;
  /** Data of a ConfigMap; undefined when there is none. */
  configMap(namespace: string, name: string): Readonly<Record<string, string>> | undefined;
  /** Headers that `custom-headers` may set (ConfigMap key global-allowed-response-headers). */
  readonly allowedResponseHeaders: ReadonlySet<string>;
  /** Whether annotations may name objects of other namespaces (ConfigMap key allow-cross-namespace-resources). */
  readonly crossNamespace: boolean;
  /** Highest risk that is let in (ConfigMap key annotations-risk-level). */
  readonly maxRisk: 'Low' | 'Medium' | 'High' | 'Critical';
}

/** Texts of a Secret that were found to be certificates; '' for what it does not hold. */
export interface TlsSecret {
  readonly caPem: string;
  readonly crlPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

/** What is wrong with annotations that act together. */
export interface FinishProblem {
  /** Name of the annotation, without prefix. */
  readonly annotation: string;
  readonly reason: string;
  /** `default`: it is as if the annotation were not there. */
  readonly effect: 'default' | 'deny' | 'drop';
}

/** Puts annotations that act together into effect. Without a lookup nothing is looked up, and nothing is missed. */
export type Finish = (directives: IngressDirectives, lookup: AnnotationLookup | undefined) => FinishProblem | undefined;

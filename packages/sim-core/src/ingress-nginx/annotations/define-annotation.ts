import type { LocationDirectives, TrafficShapingPolicy, UpstreamDirectives } from '../nginx/directives.ts';

/** Prefix of every annotation of the controller (--annotations-prefix). */
export const ANNOTATION_PREFIX = 'nginx.ingress.kubernetes.io/';

/** What the annotations of one Ingress amount to; each annotation's `apply` sets its part. */
export interface IngressDirectives {
  readonly location: LocationDirectives;
  readonly upstream: UpstreamDirectives;
  /** Whether the Ingress is a canary, and its policy. */
  canary: boolean;
  readonly policy: TrafficShapingPolicy;
  serverAlias: readonly string[];
  /** Lower-case `rewrite-target`, see the model. */
  rewriteTarget: string;
  useRegex: boolean;
}

/** A value that the parser refuses, in the original's words. */
export class InvalidValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
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
  /** Reads the value; never throws. */
  parse(value: string): T | InvalidValue;
  /** Sets directives, and nothing else. */
  apply(value: T, directives: IngressDirectives): void;
}

/** Declares an annotation; exists so that `parse` and `apply` are checked against one another. */
export function defineAnnotation<T>(annotation: Annotation<T>): Annotation<T> {
  return Object.freeze(annotation);
}

import { ANNOTATION_PREFIX, type Annotation, type IngressDirectives, InvalidValue } from './define-annotation.ts';
import { FINISHES } from './finish.ts';
import { annotationNamed } from './index.ts';
import type { AnnotationLookup, FinishProblem } from './lookup.ts';
import { type AnnotationDefaults, newDirectives } from './new-directives.ts';

/** A value that was refused, and what it meant for the Ingress. */
export interface AnnotationProblem {
  /** With prefix, as it stands in the manifest. */
  readonly annotation: string;
  readonly value: string;
  readonly reason: string;
  readonly effect: 'default' | 'deny' | 'drop';
}

/** What the annotations of one Ingress amount to. */
export interface ParsedAnnotations {
  readonly directives: IngressDirectives;
  readonly problems: readonly AnnotationProblem[];
  /** The Ingress is not loaded; an earlier version of it keeps serving. */
  readonly dropped: boolean;
}

/** No value at all is never worse than the default (annotations/parser/main.go, parseString). */
const EMPTY = Object.freeze(new InvalidValue('the annotation has no value'));

/** Why an annotation above the risk that the ConfigMap allows is refused. */
export const TOO_RISKY = 'annotation is too risky for environment';

const RISKS: readonly Annotation['risk'][] = Object.freeze(['Low', 'Medium', 'High', 'Critical']);

/**
 * Reads the annotations of an Ingress (internal/ingress/annotations/annotations.go, Extract). Names that nobody knows mean
 * nothing, as in the original.
 *
 * @param defaults what holds without annotations, from the ConfigMap
 * @param lookup finds the objects that annotations name; without it they are taken to be there
 * @param prefix what annotations of ours begin with (--annotations-prefix), with the slash
 */
export function parseAnnotations(
  annotations: Readonly<Record<string, string>>,
  defaults: AnnotationDefaults,
  lookup?: AnnotationLookup,
  prefix: string = ANNOTATION_PREFIX,
): ParsedAnnotations {
  const directives = newDirectives(defaults);
  const problems: AnnotationProblem[] = [];
  for (const name in annotations) {
    const annotation = wanted(name, annotations, prefix);
    const problem = annotation && readAnnotation(annotation, name, annotations[name] as string, directives, lookup);
    if (problem !== undefined) problems.push(problem);
  }
  for (const finish of FINISHES) {
    const problem = finish(directives, lookup);
    if (problem !== undefined) problems.push(withName(problem, annotations, prefix));
  }
  const denied = problems.find(({ effect }) => effect === 'deny');
  if (denied !== undefined) deny(directives, `${denied.annotation}: ${denied.reason}`, defaults);
  return { directives, problems, dropped: problems.some(({ effect }) => effect === 'drop') };
}

/** nginx's own client_max_body_size. */
const NGINX_BODY_SIZE = 1024 ** 2;

/**
 * Of a denied location nothing is written but its `return 503`: nginx's own limit of bodies and the error pages of the
 * ConfigMap hold (nginx.tmpl, isLocationAllowed).
 */
function deny(directives: IngressDirectives, reason: string, { location }: AnnotationDefaults): void {
  const { customHttpErrors, interceptErrors, errorBackend } = location;
  const rest = { customHttpErrors, interceptErrors, errorBackend, clientMaxBodySize: NGINX_BODY_SIZE };
  Object.assign(directives.location, { denied: reason, ...rest });
  directives.ownHttpErrors = false;
}

/** What a name stands for; a former name gives way to the present one, and some names mean nothing without another. */
function wanted(name: string, annotations: Readonly<Record<string, string>>, prefix: string): Annotation | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const annotation = annotationNamed(name.slice(prefix.length));
  if (annotation?.needs !== undefined && !annotations[prefix + annotation.needs]) return undefined;
  const own = annotation && prefix + annotation.name;
  return own === undefined || own === name || !annotations[own] ? annotation : undefined;
}

function readAnnotation(
  annotation: Annotation,
  name: string,
  value: string,
  directives: IngressDirectives,
  lookup: AnnotationLookup | undefined,
): AnnotationProblem | undefined {
  const maxRisk = lookup?.maxRisk ?? 'High';
  if (RISKS.indexOf(annotation.risk) > RISKS.indexOf(maxRisk)) {
    return { annotation: name, value, reason: TOO_RISKY, effect: 'drop' };
  }
  const parsed: unknown = value === '' ? EMPTY : annotation.parse(value);
  if (!(parsed instanceof InvalidValue)) {
    annotation.apply(parsed, directives);
    return undefined;
  }
  return {
    annotation: name,
    value,
    reason: parsed.reason,
    effect: parsed === EMPTY ? 'default' : (parsed.effect ?? annotation.onInvalid),
  };
}

function withName(
  { annotation, reason, effect }: FinishProblem,
  annotations: Readonly<Record<string, string>>,
  prefix: string,
): AnnotationProblem {
  const name = prefix + annotation;
  return { annotation: name, value: annotations[name] ?? '', reason, effect };
}

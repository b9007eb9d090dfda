import type { LocationDirectives } from '../nginx/directives.ts';
import { ANNOTATION_PREFIX, type Annotation, type IngressDirectives, InvalidValue } from './define-annotation.ts';
import { FINISHES } from './finish.ts';
import { ANNOTATIONS } from './index.ts';
import type { AnnotationLookup, FinishProblem } from './lookup.ts';
import { newDirectives } from './new-directives.ts';

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

const RISKS: readonly Annotation['risk'][] = Object.freeze(['Low', 'Medium', 'High', 'Critical']);

/**
 * Reads the annotations of an Ingress (internal/ingress/annotations/annotations.go, Extract). Names that nobody knows mean
 * nothing, as in the original.
 *
 * @param defaults what holds without annotations, from the ConfigMap
 * @param lookup finds the objects that annotations name; without it they are taken to be there
 */
export function parseAnnotations(
  annotations: Readonly<Record<string, string>>,
  defaults: LocationDirectives,
  lookup?: AnnotationLookup,
): ParsedAnnotations {
  const directives = newDirectives(defaults);
  const problems: AnnotationProblem[] = [];
  for (const annotation of ANNOTATIONS) {
    const problem = readAnnotation(annotation, annotations, directives, lookup?.maxRisk ?? 'High');
    if (problem !== undefined) problems.push(problem);
  }
  for (const finish of FINISHES) {
    const problem = finish(directives, lookup);
    if (problem !== undefined) problems.push(withName(problem, annotations));
  }
  const denied = problems.find(({ effect }) => effect === 'deny');
  if (denied !== undefined) directives.location.denied = `${denied.annotation}: ${denied.reason}`;
  return { directives, problems, dropped: problems.some(({ effect }) => effect === 'drop') };
}

function readAnnotation(
  annotation: Annotation,
  annotations: Readonly<Record<string, string>>,
  directives: IngressDirectives,
  maxRisk: Annotation['risk'],
): AnnotationProblem | undefined {
  const names = [annotation.name, ...(annotation.aliases ?? [])].map((name) => ANNOTATION_PREFIX + name);
  const name =
    names.find((each) => annotations[each] !== undefined && annotations[each] !== '') ??
    names.find((each) => annotations[each] !== undefined);
  if (name === undefined) return undefined;
  const value = annotations[name] as string;
  if (RISKS.indexOf(annotation.risk) > RISKS.indexOf(maxRisk)) {
    return { annotation: name, value, reason: 'annotation is too risky for environment', effect: 'drop' };
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
    effect: parsed === EMPTY ? 'default' : annotation.onInvalid,
  };
}

function withName(
  { annotation, reason, effect }: FinishProblem,
  annotations: Readonly<Record<string, string>>,
): AnnotationProblem {
  const name = ANNOTATION_PREFIX + annotation;
  return { annotation: name, value: annotations[name] ?? '', reason, effect };
}

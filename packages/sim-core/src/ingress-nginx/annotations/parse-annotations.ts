import type { LocationDirectives } from '../nginx/directives.ts';
import { ANNOTATION_PREFIX, type IngressDirectives, InvalidValue } from './define-annotation.ts';
import { ANNOTATIONS } from './index.ts';

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

/**
 * Reads the annotations of an Ingress (internal/ingress/annotations/annotations.go, Extract). Names that nobody knows mean
 * nothing, as in the original.
 * @param defaults what holds without annotations, from the ConfigMap
 */
export function parseAnnotations(
  annotations: Readonly<Record<string, string>>,
  defaults: LocationDirectives,
): ParsedAnnotations {
  const directives = newDirectives(defaults);
  const problems: AnnotationProblem[] = [];
  for (const annotation of ANNOTATIONS) {
    const name = [annotation.name, ...(annotation.aliases ?? [])].find(
      (each) => annotations[ANNOTATION_PREFIX + each] !== undefined,
    );
    if (name === undefined) continue;
    const value = annotations[ANNOTATION_PREFIX + name] as string;
    const parsed: unknown = value === '' ? EMPTY : annotation.parse(value);
    if (!(parsed instanceof InvalidValue)) {
      annotation.apply(parsed, directives);
      continue;
    }
    const effect = parsed === EMPTY ? 'default' : annotation.onInvalid;
    problems.push({ annotation: ANNOTATION_PREFIX + name, value, reason: parsed.reason, effect });
  }
  const denied = problems.find(({ effect }) => effect === 'deny');
  if (denied !== undefined) directives.location.denied = `${denied.annotation}: ${denied.reason}`;
  return { directives, problems, dropped: problems.some(({ effect }) => effect === 'drop') };
}

function newDirectives(defaults: LocationDirectives): IngressDirectives {
  return {
    location: { ...defaults },
    upstream: { loadBalance: 'round_robin' },
    canary: false,
    policy: { weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: '' },
    serverAlias: [],
    rewriteTarget: '',
    useRegex: false,
  };
}

import { withoutPrefix } from '../annotations/define-annotation.ts';
import { ANNOTATION_GROUPS, groupOf } from '../annotations/groups.ts';
import { annotationNamed } from '../annotations/index.ts';
import { type AnnotationProblem, TOO_RISKY } from '../annotations/parse-annotations.ts';

/**
 * Why the annotations of an Ingress cannot be taken in: the first parser that refuses them, for their risk or for a value
 * (annotations.go, Extract). Values that leave a default, or deny a location, are no reason.
 * @returns undefined when they can
 */
export function extractionFailure(problems: readonly AnnotationProblem[]): string | undefined {
  const refused = problems.filter(({ effect }) => effect === 'drop');
  if (refused.length === 0) return undefined;
  for (const group of Object.keys(ANNOTATION_GROUPS)) {
    const own = refused.filter(({ annotation }) => groupOf(nameOf(annotation)) === group);
    if (own.some(({ reason }) => reason === TOO_RISKY)) {
      return `annotation group ${group} contains risky annotation based on ingress configuration`;
    }
    if (own[0] !== undefined) return `annotation ${own[0].annotation} contains invalid value`;
  }
  return undefined;
}

/** The present name of an annotation, without prefix. */
function nameOf(annotation: string): string {
  const written = withoutPrefix(annotation);
  return annotationNamed(written)?.name ?? written;
}

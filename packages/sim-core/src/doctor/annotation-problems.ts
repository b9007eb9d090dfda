import type { Ingress } from '../api/networking-v1/ingress.ts';
import { withoutPrefix } from '../ingress-nginx/annotations/define-annotation.ts';
import { type AnnotationProblem, parseAnnotations } from '../ingress-nginx/annotations/parse-annotations.ts';
import { readConfigMap } from '../ingress-nginx/config-map/keys.ts';
import { annotationPrefix } from './annotation.ts';
import { replicas } from './controllers.ts';
import type { World } from './world.ts';

/** What the running controller refuses of an Ingress's annotations; names come without prefix. */
export function annotationProblems(ingress: Ingress, world: World): AnnotationProblem[] {
  const problems = replicas(world)[0]?.nginx.problemsOf(ingress) ?? [];
  return problems.map((problem) => ({ ...problem, annotation: withoutPrefix(problem.annotation) }));
}

/** What the controller makes of an Ingress's canary annotations. */
export function canaryPolicyOf({ metadata }: Ingress, world: World) {
  return parseAnnotations(metadata.annotations ?? {}, readConfigMap({}), undefined, annotationPrefix(world)).directives
    .policy;
}

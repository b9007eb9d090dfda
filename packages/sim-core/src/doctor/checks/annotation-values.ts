import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import type { AnnotationProblem } from '../../ingress-nginx/annotations/parse-annotations.ts';
import type { DoctorFinding } from '../../wire.ts';
import { annotationField } from '../annotation.ts';
import { annotationProblems } from '../annotation-problems.ts';
import { servedIngresses } from '../controllers.ts';
import { type Check, findingOf, line, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/**
 * Values that the controller refuses, each with its own way to go on (internal/ingress/annotations/annotations.go). Those of
 * canaries are told by canary-marked.ts and canary-policy.ts, which know what follows.
 */
export const annotationValues: Check = {
  name: 'AnnotationInvalid',
  check: (world) => findings(world, ({ annotation }) => !/^canary(-|$)/.test(annotation)),
};

/** Those for which an Ingress is not loaded at all. */
export const annotationDrops: Check = {
  name: 'AnnotationInvalid',
  check: (world) => findings(world, ({ effect }) => effect === 'drop'),
};

function findings(world: World, concerns: (problem: AnnotationProblem) => boolean): DoctorFinding[] {
  return servedIngresses(world).flatMap((ingress) =>
    annotationProblems(ingress, world)
      .filter(concerns)
      .map((problem) => diagnose(ingress, problem, world)),
  );
}

const EFFECTS: Readonly<Record<AnnotationProblem['effect'], string>> = Object.freeze({
  default: 'so its default holds',
  deny: 'so nginx denies the whole location: 503',
  drop: 'so ingress-nginx does not load the Ingress; an earlier version of it keeps serving',
});

function diagnose(
  ingress: Ingress,
  { annotation, value, reason, effect }: AnnotationProblem,
  world: World,
): DoctorFinding {
  const object = nameOf(ingress);
  const field = annotationField(annotation, world);
  const known = annotationNamed(annotation);
  const holds =
    effect === 'default' && known?.default ? `, so its default ${known.default} holds` : `, ${EFFECTS[effect]}`;
  const message = `${spell(object)}: ${annotation} says "${value}", but ${reason}${holds}`;
  const where = line(world, object, field);
  const fix =
    known?.risk === 'Critical'
      ? `Take ${where} away: raw nginx configuration (risk Critical) is refused unless annotations-risk-level allows it. Say the same with other annotations.`
      : fixOf(repaired(value) ?? known?.example ?? '', where);
  return findingOf(
    { severity: effect === 'default' ? 'warning' : 'error', reason: 'AnnotationInvalid', object, field, message, fix },
    world,
  );
}

function fixOf(example: string, where: string): string {
  return `Write ${example.startsWith('"') ? example : `"${example}"`} or the like at ${where}.`;
}

/** What was meant where the value is a number with something behind it: `5%`, `30s`. */
function repaired(value: string): string | undefined {
  return /^\s*(\d+)\s*(?:%|s|sec|seconds|percent)\s*$/i.exec(value)?.[1];
}

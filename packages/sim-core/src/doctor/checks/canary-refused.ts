import { parseBool } from '../../ingress-nginx/annotations/parsers.ts';
import type { DoctorFinding } from '../../wire.ts';
import { annotationField, annotationPrefix } from '../annotation.ts';
import { type Check, findingOf, line, listing, spell } from '../finding.ts';
import { toldRefused } from '../refused.ts';
import type { RefusedObject, World } from '../world.ts';

/** Canaries that never came to be: the API server, or the controller's webhook, refused them. */
export const canaryRefused: Check = {
  name: 'CanaryRefused',
  check: (world) =>
    world.refused.flatMap((refused) => {
      const annotations = canaryAnnotations(refused, world);
      return refused.kind !== 'Ingress' || Object.keys(annotations).length === 0
        ? []
        : [diagnose(refused, annotations, world)];
    }),
};

/** Annotations of a refused Ingress that are about a canary, without prefix, as they were written. */
export function canaryAnnotations({ manifest }: RefusedObject, world: World): Record<string, unknown> {
  const { metadata } = (manifest ?? {}) as { metadata?: { annotations?: Record<string, unknown> | null } | null };
  const prefix = annotationPrefix(world);
  return Object.fromEntries(
    Object.entries(metadata?.annotations ?? {})
      .filter(([name]) => name === `${prefix}canary` || name.startsWith(`${prefix}canary-`))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

function diagnose(refused: RefusedObject, annotations: Record<string, unknown>, world: World): DoctorFinding {
  const object = { kind: 'Ingress', namespace: refused.namespace || 'default', name: refused.name };
  const says = refused.problems[0]?.message ?? 'it was refused';
  if (/is already defined in ingress /.test(says) && parseBool(String(annotations['canary'])) !== true)
    return unmarked(object, annotations, says, world);
  const { fix } = toldRefused({ ...refused, namespace: object.namespace });
  const found = refused.problems.find((problem) => problem.line !== undefined);
  const finding: DoctorFinding = {
    severity: 'error',
    reason: 'CanaryRefused',
    object,
    message: `there is no canary ${spell(object)}, because it was refused: ${says}`,
    fix: found?.hint ?? fix,
  };
  const { file, line: at, column = 1 } = found ?? {};
  return file === undefined || at === undefined ? finding : { ...finding, source: { file, line: at, column } };
}

/** Without the mark it is an ordinary Ingress that asks for a path which another has. */
function unmarked(
  object: DoctorFinding['object'] & object,
  annotations: Record<string, unknown>,
  says: string,
  world: World,
): DoctorFinding {
  const names = Object.keys(annotations);
  const isWritten = names.includes('canary');
  const field = annotationField(isWritten ? 'canary' : (names[0] ?? 'canary'), world);
  const what = isWritten
    ? `it says canary: "${annotations['canary']}", which does not switch it on`
    : `it has ${listing(names)}, but not "canary: true"`;
  const fix = isWritten
    ? `Write "true" at ${line(world, object, field)}.`
    : `Add ${annotationPrefix(world)}canary: "true" beside ${line(world, object, field)}.`;
  const message = `${spell(object)} was refused as an ordinary Ingress (${says}): ${what}`;
  return findingOf({ severity: 'error', reason: 'NotMarkedAsCanary', object, field, message, fix }, world);
}

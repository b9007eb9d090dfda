import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { parseBool } from '../../ingress-nginx/annotations/parsers.ts';
import { annotationField, annotationNames, annotationOf, annotationPrefix } from '../annotation.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/**
 * Canary annotations on an Ingress that is no canary: without `canary: "true"` it is an ordinary one
 * (internal/ingress/annotations/canary/main.go).
 */
export const canaryMarked: Check = {
  name: 'NotMarkedAsCanary',
  check: (world) =>
    world.client.list(ingresses).flatMap((ingress) => {
      const found = diagnose(ingress, world);
      return found === undefined ? [] : [findingOf(found, world)];
    }),
};

function diagnose(ingress: Ingress, world: World): Diagnosis | undefined {
  const others = annotationNames(ingress, world).filter((name) => name.startsWith('canary-'));
  const object = nameOf(ingress);
  const value = annotationOf(ingress, 'canary', world);
  const base = { severity: 'error' as const, reason: 'NotMarkedAsCanary', object };
  const consequence =
    'it is an ordinary Ingress that asks for its path like any other, and of two the older one has it';
  if (value === undefined) {
    const [first] = others;
    if (first === undefined) return undefined;
    const field = annotationField(first, world);
    const message = `${spell(object)} has ${listing(others)}, but not "canary: true", so ${consequence}`;
    return {
      ...base,
      field,
      message,
      fix: `Add ${annotationPrefix(world)}canary: "true" beside ${line(world, object, field)}.`,
    };
  }
  const parsed = parseBool(value);
  const field = annotationField('canary', world);
  if (typeof parsed !== 'boolean') {
    const message = `${spell(object)} says canary: "${value}", which is no boolean to ingress-nginx (Go knows true, True, TRUE, t, T, 1 and false, False, FALSE, f, F, 0), so ${consequence}`;
    return { ...base, field, message, fix: `Write "true" at ${line(world, object, field)}.` };
  }
  if (parsed || others.length === 0) return undefined;
  const message = `${spell(object)} is switched off as a canary (canary: "${value}"), so its ${listing(others)} mean nothing, and ${consequence}`;
  return {
    ...base,
    severity: 'info',
    field,
    message,
    fix: `Write "true" at ${line(world, object, field)} to switch it on.`,
  };
}

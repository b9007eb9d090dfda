import { spell } from './finding.ts';
import type { RefusedObject, World } from './world.ts';

/**
 * An object that others wait for and that the API server refused: to mend it mends them. Advice that takes no notice of it
 * would lead away from the mistake.
 */
export function refusedOf(
  world: World,
  kinds: readonly string[],
  namespace: string,
  name?: string,
): RefusedObject | undefined {
  const found = world.refused.find((each) => {
    const of = each.namespace || 'default';
    return kinds.includes(each.kind) && of === namespace && (name === undefined || each.name === name);
  });
  return found && { ...found, namespace };
}

/** `Deployment default/web was refused (web.yaml:12)`, and what to do about it. */
export function toldRefused(object: RefusedObject): { because: string; fix: string } {
  const at = object.problems.find(({ line }) => line !== undefined);
  const where = at === undefined ? '' : ` (${at.file}:${at.line})`;
  return { because: `${spell(object)} was refused${where}`, fix: `Mend ${spell(object)} first${where}.` };
}

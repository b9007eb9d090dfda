import { annotationField, annotationNames, annotationOf } from '../../doctor/annotation.ts';
import { nameOf, place, spell } from '../../doctor/finding.ts';
import { InvalidValue } from '../../ingress-nginx/annotations/define-annotation.ts';
import { annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import { reached } from '../reasons/index.ts';
import type { Hop } from '../scene.ts';

/**
 * Annotations of the location's Ingress that no other step tells of, each with what it is for.
 * @param told names that other steps tell of
 */
export function settingsHop(told: readonly string[]): Hop {
  return {
    tells: [],
    of: (scene) => {
      const { ingress, world } = scene;
      if (ingress === undefined || !reached(scene, 'ssl')) return undefined;
      const names = annotationNames(ingress, world).filter(
        (name) => !told.includes(annotationNamed(name)?.name ?? name),
      );
      const object = nameOf(ingress);
      const details = names.flatMap((name) => {
        const known = annotationNamed(name);
        const value = annotationOf(ingress, name, world) ?? '';
        if (known === undefined) return [];
        const where = place(world, object, annotationField(name, world));
        return [`${name} "${value}"${where}: ${effectOf(known, value)}`];
      });
      if (details.length === 0) return undefined;
      const title =
        details.length === 1 ? '1 more annotation is in effect' : `${details.length} more annotations are in effect`;
      return { step: 'settings', title, why: `${spell(object)} has them.`, beat: [], details, nodes: [] };
    },
  };
}

function effectOf(
  { parse, summary, fidelity, default: otherwise }: NonNullable<ReturnType<typeof annotationNamed>>,
  value: string,
): string {
  const parsed = parse(value);
  if (parsed instanceof InvalidValue) return `no valid value (${parsed.reason}), so ${otherwise || 'nothing'} holds`;
  return typeof fidelity === 'object' && 'accepted' in fidelity ? `no effect here: ${fidelity.accepted}` : summary;
}

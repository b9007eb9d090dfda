import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { DoctorFinding } from '../../wire.ts';
import { annotationField, annotationOf } from '../annotation.ts';
import { type CanaryView, mergedCanaries } from '../canary-view.ts';
import { type Check, findingOf, line, nameOf, place, spell } from '../finding.ts';
import { pathsOf, spellBackend } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/**
 * A main Service with a session cookie: whoever has the cookie stays where they were, whatever header, cookie and weight of the
 * canary say (rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer).
 */
export const canaryAffinity: Check = {
  name: 'CanaryAffinity',
  check: (world) =>
    mergedCanaries(world)
      .filter(({ main }) => main.sessionAffinity !== undefined)
      .flatMap((view) => diagnose(view, world)),
};

function diagnose({ path, main }: CanaryView, world: World): DoctorFinding[] {
  const owner = ownerOf(main, world);
  if (owner === undefined) return [];
  const [object, field] = [nameOf(owner), annotationField('affinity', world)];
  const cookie = main.sessionAffinity?.cookie.name;
  const message = `clients of ${spell(object)} that have its session cookie ${cookie} (affinity${place(world, object, field)}) never come to canary ${spell(path.object)}: the cookie is asked before header, cookie and weight`;
  const fix = `Test with a client without the cookie, or take ${line(world, object, field)} away while the canary runs.`;
  return [findingOf({ severity: 'warning', reason: 'CanaryAffinity', object, field, message, fix }, world)];
}

/** The Ingress that asks for the session cookie of a Service. */
function ownerOf({ namespace, service, port }: CanaryView['main'], world: World): Ingress | undefined {
  return world.client
    .list(ingresses, namespace)
    .find(
      (ingress) =>
        annotationOf(ingress, 'affinity', world) !== undefined &&
        pathsOf(ingress).some((path) => spellBackend(path) === `${namespace}/${service}:${port}`),
    );
}

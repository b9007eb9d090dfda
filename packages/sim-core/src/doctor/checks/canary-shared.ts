import type { Location, Server } from '../../ingress-nginx/nginx/configuration.ts';
import type { DoctorFinding } from '../../wire.ts';
import { type CanaryView, mergedCanaries } from '../canary-view.ts';
import { type Check, findingOf, listing, place, spell } from '../finding.ts';
import { spellPath } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/**
 * Hosts and paths that a canary was not meant for: it hangs on the main Service, so wherever that answers the canary takes its
 * share (internal/ingress/controller/controller.go, mergeAlternativeBackends; kubernetes/ingress-nginx#4692).
 */
export const canaryShared: Check = {
  name: 'CanaryOnSharedService',
  check: (world) => {
    const told = new Set<string>();
    return mergedCanaries(world).flatMap((view) => {
      const isFirst = !told.has(view.canary.name);
      told.add(view.canary.name);
      return isFirst ? diagnose(view, world) : [];
    });
  },
};

function diagnose(view: CanaryView, world: World): DoctorFinding[] {
  const { path, main, canary } = view;
  const own = mergedCanaries(world).filter((each) => each.canary === canary);
  const others = view.replica.nginx
    .model()
    .configuration.servers.flatMap((server) => strangers(server, main.name, own));
  if (others.length === 0) return [];
  const places = others.map(({ host, location }) => {
    const { source, ingressPath, ingressPathType } = location;
    const object = { kind: 'Ingress', namespace: source?.namespace ?? '', name: source?.ingress ?? '' };
    const at = place(world, object, `${source?.field}.backend.service.name`);
    return `${spellPath({ host, path: ingressPath, pathType: ingressPathType })} of ${spell(object)}${at}`;
  });
  const message = `canary ${spell(path.object)} takes its share of ${listing(places)} as well: a canary hangs on the main Service ${main.namespace}/${main.service}, not on a host or path`;
  const fix = `Give ${others.length === 1 ? 'it' : 'them'} a second Service for the same pods, if the canary is not meant there.`;
  return [
    findingOf(
      {
        severity: 'warning',
        reason: 'CanaryOnSharedService',
        object: path.object,
        field: `${path.field}.backend.service.name`,
        message,
        fix,
      },
      world,
    ),
  ];
}

/** Locations that lead to the main Service without a path of the canary for them, each once. */
function strangers(
  { hostname, locations }: Server,
  main: string,
  own: readonly CanaryView[],
): { host: string; location: Location }[] {
  const seen = new Set<string>();
  return locations.flatMap((location) => {
    const { backend, source, ingressPath, ingressPathType } = location;
    const key = `${ingressPath} ${ingressPathType}`;
    if (backend !== main || source === undefined || seen.has(key)) return [];
    seen.add(key);
    const isMeant = own.some(
      ({ path }) => (path.host || '_') === hostname && path.path === ingressPath && path.pathType === ingressPathType,
    );
    return isMeant ? [] : [{ host: hostname, location }];
  });
}

import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { Dropped } from '../../ingress-nginx/model/draft.ts';
import { editDistance } from '../../manifest/nearest.ts';
import type { DoctorFinding } from '../../wire.ts';
import { isCanary, mainIngresses } from '../canary.ts';
import { droppedPaths, notServed } from '../controllers.ts';
import { type Check, findingOf, line, nameOf, place, spell } from '../finding.ts';
import { hostField, type PathView, pathsOf, spellPath } from '../ingress-paths.ts';
import { refusedOf, toldRefused } from '../refused.ts';
import type { World } from '../world.ts';

/**
 * Canaries that find no main: it must have the same host, path and path type
 * (internal/ingress/controller/controller.go, mergeAlternativeBackends).
 */
export const canaryWithoutMain: Check = {
  name: 'CanaryWithoutMain',
  check: (world) =>
    droppedPaths(world)
      .filter(({ reason }) => reason === 'no-host' || reason === 'no-main' || reason === 'only-canaries')
      .flatMap((dropped) => diagnose(dropped, world)),
};

function diagnose(dropped: Dropped, world: World): DoctorFinding[] {
  const ingress = world.client.get(ingresses, dropped.namespace, dropped.ingress);
  const path = ingress && pathsOf(ingress).find(({ field }) => field === dropped.field);
  if (ingress === undefined || path === undefined) return [];
  const mains = mainIngresses(world).flatMap(pathsOf);
  const says = `canary ${spell(path.object)} gets no traffic: `;
  const near = nearestPath(path, mains);
  if (near === undefined) return [findingOf(withoutAny(path, says, world), world)];
  const { field, what, fix } = difference(path, near, world);
  return [
    findingOf(
      { severity: 'error', reason: 'CanaryWithoutMain', object: path.object, field, message: says + what, fix },
      world,
    ),
  ];
}

/** No main Ingress at all is served: perhaps one is passed over. */
function withoutAny(path: PathView, says: string, world: World) {
  const passedOver = world.client
    .list(ingresses)
    .filter((each) => !isCanary(each, world) && notServed(each, world) !== undefined);
  const main = nearestPath(path, passedOver.flatMap(pathsOf))?.ingress;
  const { because, fix } = main === undefined ? mainMissing(path, world) : mainNotServed(path, main, world);
  return {
    severity: 'error' as const,
    reason: 'CanaryWithoutMain',
    object: path.object,
    field: hostField(path),
    message: says + because,
    fix,
  };
}

function mainMissing(path: PathView, world: World): { because: string; fix: string } {
  const refused = refusedOf(world, ['Ingress'], path.object.namespace);
  if (refused !== undefined) return toldRefused(refused);
  return {
    because: 'there is no main Ingress for it to stand beside',
    fix: `Apply a main Ingress for ${spellPath(path)}: the same rule without the canary annotations, leading to the main Service.`,
  };
}

function mainNotServed(path: PathView, main: Ingress, world: World): { because: string; fix: string } {
  const name = spell(nameOf(main));
  return {
    because: `${name} has this rule, but is not served: ${notServed(main, world)}`,
    fix: `Give ${name} the class of the canary: ${classOf(path.ingress)}.`,
  };
}

function classOf({ spec }: Ingress): string {
  return `"ingressClassName: ${spec.ingressClassName ?? 'nginx'}"`;
}

/** What tells the canary's path from the nearest of a main Ingress: host first, then path, then type. */
function difference(path: PathView, main: PathView, world: World): { field: string; what: string; fix: string } {
  const [where, ours] = [spell(main.object), (field: string) => place(world, path.object, field)];
  if (path.host !== main.host) {
    const field = hostField(path);
    const what = `no main Ingress has the host ${spellHost(path.host)}${ours(field)}; the nearest is ${spellHost(main.host)} of ${where}${place(world, main.object, hostField(main))}`;
    const wildcard =
      path.host.startsWith('*.') !== main.host.startsWith('*.')
        ? ' A wildcard host is a host of its own: it never merges with a concrete one.'
        : '';
    return { field, what: what + wildcard, fix: fixHost(path, main, world) };
  }
  if (path.path !== main.path) {
    const field = `${path.field}.path`;
    const what = `${where} has the host ${spellHost(main.host)}, but not the path ${path.path}${ours(field)}; the nearest is ${main.path}${place(world, main.object, `${main.field}.path`)}`;
    return {
      field,
      what,
      fix: `Write "path: ${main.path}" at ${line(world, path.object, field)}: a canary needs the main's path, to the letter.`,
    };
  }
  const field = `${path.field}.pathType`;
  const what = `${where} has ${spellHost(main.host)}${main.path} as ${main.pathType}${place(world, main.object, `${main.field}.pathType`)}, the canary as ${path.pathType}${ours(field)}: that is another path`;
  return {
    field,
    what,
    fix: `Write "pathType: ${main.ingress.spec.rules?.flatMap(({ http }) => http?.paths ?? []).find(({ backend }) => backend === main.backend)?.pathType ?? main.pathType}" at ${line(world, path.object, field)}.`,
  };
}

function fixHost(path: PathView, main: PathView, world: World): string {
  const field = hostField(path);
  if (main.host === '')
    return `Take the host away at ${line(world, path.object, field)}, as the main Ingress has none.`;
  if (path.host === '')
    return `Write "host: ${main.host}" into the canary's rule (${line(world, path.object, field)}).`;
  return `Write "host: ${main.host}" at ${line(world, path.object, field)}.`;
}

function spellHost(host: string): string {
  return host === '' ? '(none)' : host;
}

/** What tells paths apart. */
type Place = Pick<PathView, 'host' | 'path' | 'pathType'>;

/** The path that differs least: other hosts weigh most, then other paths, then other types. */
export function nearestPath(path: Place, mains: readonly PathView[]): PathView | undefined {
  const distance = (main: PathView) =>
    editDistance(path.host, main.host) * 10_000 +
    editDistance(path.path, main.path) * 10 +
    Number(path.pathType !== main.pathType);
  return [...mains].sort((a, b) => distance(a) - distance(b))[0];
}

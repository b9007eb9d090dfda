import { ingresses } from '../../api/networking-v1/ingress.ts';
import { parseKey } from '../../apimachinery/object-meta.ts';
import type { Dropped, DropReason } from '../../ingress-nginx/model/draft.ts';
import type { DoctorFinding, ObjectName } from '../../wire.ts';
import { mainIngresses } from '../canary.ts';
import { droppedPaths } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, place, spell } from '../finding.ts';
import { backendFields, backendsOf, type PathView, spellBackend, spellPath } from '../ingress-paths.ts';
import type { World } from '../world.ts';

type Rule = (path: PathView, by: ObjectName, world: World) => Omit<Diagnosis, 'object'>;

/** Canaries and mains that stand in one another's way (internal/ingress/controller/controller.go, mergeAlternativeBackend). */
export const canaryRivals: Check = {
  name: 'CanaryRivals',
  check: (world) => droppedPaths(world).flatMap((dropped) => diagnose(dropped, world)),
};

function diagnose(dropped: Dropped, world: World): DoctorFinding[] {
  const rule = RULES[dropped.reason];
  const ingress = world.client.get(ingresses, dropped.namespace, dropped.ingress);
  const path = ingress && backendsOf(ingress).find(({ field }) => field === dropped.field);
  if (rule === undefined || path === undefined) return [];
  return [
    findingOf({ object: path.object, ...rule(path, { kind: 'Ingress', ...parseKey(dropped.by) }, world) }, world),
  ];
}

const RULES: Readonly<Partial<Record<DropReason, Rule>>> = Object.freeze({
  'second-canary': (path, by, world) => ({
    severity: 'error',
    reason: 'SecondCanary',
    field: path.field,
    message: `canary ${spell(path.object)} gets no traffic at ${spellPath(path)}: ${spell(by)}${place(world, by, 'metadata.name')} is a canary of the same Service already, and only the oldest is ever asked (of the same second, the one whose name comes last)`,
    fix: `Delete one of the two, or give them another main: ${line(world, path.object, 'metadata.name')}.`,
  }),
  'same-service': (path, by, world) => {
    const user = olderUser(path, world);
    const whose =
      user === undefined ? spell(by) : `${spell(user.object)}${place(world, user.object, backendFields(user).name)}`;
    return {
      severity: 'error',
      reason: 'CanaryIsMainService',
      field: backendFields(path).name,
      message: `canary ${spell(path.object)} gets no traffic of its own: it leads to ${spellBackend(path)}, the very Service of the main ${whose}, so there is nothing to split`,
      fix: `Name the canary's own Service at ${line(world, path.object, backendFields(path).name)}.`,
    };
  },
  'service-is-main': (path, _by, world) => {
    const user = olderUser(path, world);
    const whose =
      user === undefined
        ? 'an older, ordinary Ingress'
        : `the older, ordinary ${spell(user.object)}${place(world, user.object, backendFields(user).name)}`;
    return {
      severity: 'error',
      reason: 'CanaryServiceUsedDirectly',
      field: backendFields(path).name,
      message: `canary ${spell(path.object)} gets no traffic: ${whose} leads to ${spellBackend(path)} as well, and made it an ordinary upstream before the canary's weight and headers were read`,
      fix: `Make a second Service for the same pods and name it at ${line(world, path.object, backendFields(path).name)}.`,
    };
  },
  'service-is-canary': (path, by, world) => ({
    severity: 'error',
    reason: 'ServiceIsOnlyCanary',
    field: backendFields(path).name,
    message: `${spell(path.object)} answers ${spellPath(path)} with 404: its Service ${spellBackend(path)} was first named by the canary ${spell(by)}${place(world, by, 'metadata.name')}, and a canary's upstream takes no path of its own`,
    fix: `Make a second Service for the same pods and name it at ${line(world, path.object, backendFields(path).name)}.`,
  }),
});

/** The ordinary Ingress that uses the same Service and port. */
function olderUser(path: PathView, world: World): PathView | undefined {
  return mainIngresses(world)
    .flatMap(backendsOf)
    .find((each) => spellBackend(each) === spellBackend(path));
}

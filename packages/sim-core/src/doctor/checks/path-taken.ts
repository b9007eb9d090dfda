import { ingresses } from '../../api/networking-v1/ingress.ts';
import { parseKey } from '../../apimachinery/object-meta.ts';
import { droppedPaths } from '../controllers.ts';
import { type Check, findingOf, line, place, spell } from '../finding.ts';
import { pathsOf, spellPath } from '../ingress-paths.ts';

/** Paths that an older Ingress has already (controller.go, getBackendServers). */
export const pathTaken: Check = {
  name: 'PathTaken',
  check: (world) =>
    droppedPaths(world)
      .filter(({ reason }) => reason === 'path-taken')
      .flatMap((dropped) => {
        const ingress = world.client.get(ingresses, dropped.namespace, dropped.ingress);
        const path = ingress && pathsOf(ingress).find(({ field }) => field === dropped.field);
        const by = { kind: 'Ingress', ...parseKey(dropped.by) };
        const owner = world.client.get(ingresses, by.namespace, by.name);
        const taken =
          owner &&
          path &&
          pathsOf(owner).find(
            (each) => each.host === path.host && each.path === path.path && each.pathType === path.pathType,
          );
        if (path === undefined) return [];
        const where = taken === undefined ? '' : place(world, by, taken.field);
        const message = `${spell(path.object)} gets nothing for ${spellPath(path)}: ${spell(by)}${where} has the same host, path and type and wins (the older; of the same second, the one whose name comes last)`;
        const fix = `Choose another path or host at ${line(world, path.object, `${path.field}.path`)}, delete one of the two, or, if it is meant as a canary, mark it: nginx.ingress.kubernetes.io/canary: "true".`;
        return [
          findingOf(
            { severity: 'error', reason: 'PathTaken', object: path.object, field: `${path.field}.path`, message, fix },
            world,
          ),
        ];
      }),
};

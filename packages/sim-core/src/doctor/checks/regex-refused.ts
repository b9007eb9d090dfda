import { refusedInPath } from '../../ingress-nginx/model/refused-paths.ts';
import { droppedPaths } from '../controllers.ts';
import { type Check, findingOf, line, spell } from '../finding.ts';

/** Paths that real nginx would match and this simulation does not (docs/deviations.md). */
export const regexRefused: Check = {
  name: 'RegexRefused',
  check: (world) =>
    droppedPaths(world)
      .filter(({ reason }) => reason === 'regex-refused')
      .map(({ namespace, ingress, field, path }) => {
        const object = { kind: 'Ingress', namespace, name: ingress };
        const message = `${spell(object)}: path ${path} cannot be used with pathType ImplementationSpecific here: it holds a ${refusedInPath(path)}, which needs an engine whose time no bound holds. ingress-nginx itself would take it`;
        const fix = `Write the path at ${line(world, object, `${field}.path`)} without it: list the alternatives, or give the exception a rule of its own (a longer path is tried first).`;
        return findingOf(
          { severity: 'error', reason: 'RegexRefused', object, field: `${field}.path`, message, fix },
          world,
        );
      }),
};

import { type Finding, findingAt, type Module, type Node } from './module.ts';
import { walkScopes } from './scope.ts';

/** The rooms that may touch time, chance and the process. */
const FREE = /^packages\/sim-core\/src\/(sim|host|cli)\/|\.test\.tsx?$/;
const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self', 'global']);
const FORBIDDEN = new Set([
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'process',
  'Buffer',
  'Math',
]);

/**
 * What Biome's noRestrictedGlobals cannot see: `Math.random` (Math itself is fine), and the same names reached through
 * `globalThis`.
 */
export function checkChance(modules: readonly Module[]): Finding[] {
  return modules
    .filter((module) => module.path.startsWith('packages/sim-core/') && !FREE.test(module.path))
    .flatMap((module) => {
      const findings: Finding[] = [];
      walkScopes(module.program, (node, local) => {
        const message = objection(node, local);
        if (message) findings.push(findingAt(module, node.start, message));
      });
      return findings;
    });
}

function objection(node: Node, local: ReadonlySet<string>): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const object = (node.object as Node).name;
  const property = (node.property as Node).name ?? (node.property as Node).value;
  if (typeof object !== 'string' || typeof property !== 'string' || local.has(object)) return undefined;
  if (object === 'Math' && property === 'random')
    return 'Math.random: chance comes from the seeded source that is handed in';
  if (GLOBAL_OBJECTS.has(object) && FORBIDDEN.has(property))
    return `${object}.${property}: time, chance and the process are handed in`;
  return undefined;
}

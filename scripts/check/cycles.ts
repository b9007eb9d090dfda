import { type Finding, findingAt, type Module, resolveImport } from './module.ts';

/**
 * Every circle of imports, once. Imports of types leave nothing at run time and may close a circle inside one room;
 * between rooms they cannot, because the floors of the rooms table count them.
 */
export function checkCycles(modules: readonly Module[]): Finding[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (module: Module, trail: readonly string[]): void => {
    if (done.has(module.path)) return;
    for (const one of module.imports) {
      const target = byPath.get(resolveImport(module, one) ?? '');
      if (!target || one.typeOnly) continue;
      const circle = [...trail, module.path];
      const at = circle.indexOf(target.path);
      if (at < 0) visit(target, circle);
      else
        findings.push(
          findingAt(module, one.start, `a circle of imports: ${[...circle.slice(at), target.path].join(' → ')}`),
        );
    }
    done.add(module.path);
  };
  for (const module of modules) visit(module, []);
  return findings;
}

import { type Finding, findingAt, type Import, isTest, type Module, resolveImport } from './module.ts';
import { ROOMS, type Room } from './rooms-table.ts';

/** Every import that "what may import what" does not allow. Tests are free. */
export function checkRooms(modules: readonly Module[], rooms: readonly Room[] = ROOMS): Finding[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return modules
    .filter((module) => !isTest(module.path))
    .flatMap((module) => {
      const room = roomOf(module.path, rooms);
      if (!room) return [findingAt(module, 0, 'belongs to no room: add one to scripts/check/rooms-table.ts')];
      return module.imports.flatMap((one) => {
        const message = objection(module, one, room, rooms, byPath);
        return message ? [findingAt(module, one.start, message)] : [];
      });
    });
}

function objection(
  from: Module,
  one: Import,
  room: Room,
  rooms: readonly Room[],
  byPath: ReadonlyMap<string, Module>,
): string | undefined {
  const path = resolveImport(from, one);
  if (!path) return packageObjection(one.specifier, room);
  if (isTest(path)) return 'only tests import tests';
  if (!path.startsWith('packages/')) return undefined; // package.json, for the version
  const target = roomOf(path, rooms);
  if (!target) return `${path} belongs to no room`;
  if (target === room) return apartObjection(from, path, room, byPath);
  const allowed = one.typeOnly ? [...room.may, ...(room.mayTypes ?? [])] : room.may;
  if (allowed.some((open) => covers(open, inPackages(path)))) return undefined;
  const typesOnly = room.mayTypes?.some((open) => covers(open, inPackages(path)));
  return `${room.path} may not import ${target.path}${typesOnly ? ' (types only)' : ''}`;
}

function packageObjection(specifier: string, room: Room): string | undefined {
  const allowed = (room.packages ?? []).some(
    (name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
  );
  return allowed ? undefined : `${room.path} may not import ${specifier}`;
}

function apartObjection(
  from: Module,
  path: string,
  { apart }: Room,
  byPath: ReadonlyMap<string, Module>,
): string | undefined {
  const both = apart?.test(from.text) && apart.test(byPath.get(path)?.text ?? '');
  return both && !sameSubFolder(from.path, path)
    ? `${path} stands beside this file: neither imports the other`
    : undefined;
}

/** Annotations that act together share a folder (canary/) and may know one another. */
function sameSubFolder(a: string, b: string): boolean {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/'));
  return folder(a) === folder(b) && !/\/(annotations|config-map)$/.test(folder(a));
}

function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  const matches = rooms.filter((room) => covers(room.path, inPackages(path)));
  return matches.sort((a, b) => b.path.length - a.path.length)[0];
}

/** `packages/sim-core/src/etcd/store.ts` → `sim-core/etcd/store.ts` */
function inPackages(path: string): string {
  return path.replace(/^packages\/([^/]+)\/src\//, '$1/');
}

function covers(open: string, path: string): boolean {
  return path === open || path.startsWith(`${open}/`) || path === `${open}.ts`;
}

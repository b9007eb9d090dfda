import type { FileEntry } from './file-entry.ts';
import { isInside, resolvePath } from './path.ts';
import type { Mount } from './volume-files.ts';

/** A path of the container as the volume knows it. */
export function pathIn({ path: place, subPath }: Mount, path: string): string {
  return resolvePath('/', `${subPath}/${path.slice(place.length)}`);
}

/** Text of a mount's file. */
export function textIn(mount: Mount, path: string): string | undefined {
  const inside = pathIn(mount, path);
  return mount.written === undefined ? mount.generated?.().get(inside) : mount.written.text(inside);
}

/** What stands at a path inside a mount. */
export function findIn(mount: Mount, path: string, startedAt: number): FileEntry | undefined {
  const inside = pathIn(mount, path);
  const entry = (kind: FileEntry['kind']): FileEntry => ({
    kind,
    at: mount.written?.timeOf(inside) ?? startedAt,
    readOnly: mount.readOnly,
  });
  if (textIn(mount, path) !== undefined) return entry('file');
  if (mount.written?.has(inside) === true) return entry('directory');
  if (path === mount.path) return entry('directory');
  const files = mount.written === undefined ? [...(mount.generated?.().keys() ?? [])] : [...mount.written.paths()];
  return files.some((each) => isInside(each, inside)) ? entry('directory') : undefined;
}

/** Paths of a mount's files as the container sees them. */
export function* pathsIn(mount: Mount): Iterable<string> {
  const files = mount.written === undefined ? (mount.generated?.().keys() ?? []) : mount.written.paths();
  const { subPath, path: place } = mount;
  for (const file of files) {
    if (!isInside(file, subPath)) continue;
    const rest = file.slice(subPath === '/' ? 0 : subPath.length);
    yield rest === '' ? place : `${place}${rest}`;
  }
}

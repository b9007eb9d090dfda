import { printable } from '../printable.ts';

/** `./k8s\\web.yaml` → `k8s/web.yaml`. */
export function cleanPath(path: string): string {
  return printable(path)
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Why a path out of an archive is refused; undefined for one that stays inside. */
export function pathRefusal(path: string): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed))
    return 'refused: its path is absolute, it leaves the archive';
  if (slashed.split('/').includes('..')) return 'refused: its path has "..", it leaves the archive';
  return undefined;
}

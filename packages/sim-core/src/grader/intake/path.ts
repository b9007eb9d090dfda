/** Characters that would move the cursor, hide or turn text where a name is printed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A name without characters that could play tricks on a terminal or a page. */
export function printable(name: string): string {
  return name.replace(UNPRINTABLE, '\uFFFD');
}

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

/**
 * The folder that wraps everything, as archives of a repository have one; '' where there is none. What macOS leaves
 * behind beside it does not count.
 */
export function wrappingFolder(paths: readonly string[]): string {
  const tops = new Set(paths.filter((path) => !/^(__MACOSX(\/|$)|\.DS_Store$|\._)/.test(path)).map(topOf));
  const [only, ...others] = tops;
  return only === undefined || others.length > 0 ? '' : only;
}

/** The path without the wrapping folder. */
export function unwrapped(path: string, folder: string): string {
  return folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** Whether a path lies in the part of the submission that counts (`--path k8s/`), seen with or without the wrapping folder. */
export function isInside(path: string, part: string, folder = ''): boolean {
  const wanted = part
    .replaceAll('\\', '/')
    .split('/')
    .filter((each) => each !== '' && each !== '.')
    .join('/');
  if (wanted === '') return true;
  return [path, unwrapped(path, folder)].some((each) => each === wanted || each.startsWith(`${wanted}/`));
}

/** The first folder of a path; '' for a file at the top. */
function topOf(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

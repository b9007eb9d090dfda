const SPECIAL = /[.+?^${}()|[\]\\]/g;

/** A glob as a regular expression: `*` stands for any run of characters, slashes included. */
export function globToRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.replace(SPECIAL, '\\$&').replaceAll('*', '.*')}$`);
}

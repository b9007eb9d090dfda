import type { Path, PathSegment } from './document.ts';

const STEP = /\[(?:"((?:[^"\\]|\\.)*)"|([^\]]*))\]|([^.[\]]+)/g;

/**
 * Reads a path as Kubernetes prints it: `spec.rules[0].http`, `metadata.annotations[nginx.ingress.kubernetes.io/canary]`.
 * A bracket of digits is an index. Source: `apimachinery/pkg/util/validation/field/path.go`.
 */
export function parseFieldPath(text: string): PathSegment[] {
  const path: PathSegment[] = [];
  for (const [, quoted, bracket, name] of text.matchAll(STEP)) {
    if (name !== undefined) path.push(name);
    else if (quoted !== undefined) path.push(quoted.replace(/\\(.)/g, '$1'));
    else if (bracket !== undefined) path.push(/^\d+$/.test(bracket) ? Number(bracket) : bracket);
  }
  return path;
}

/** Writes a path as Kubernetes prints it; keys that are no plain field names stand in brackets. */
export function formatFieldPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (!/^[A-Za-z_$][\w$-]*$/.test(segment)) text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

/** What stands at a path of a value that may have any shape; undefined where nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<string | number, unknown> | null | undefined)?.[part], value);
}

import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** The cell that `kubectl get` prints in a column of this name; '' where the kind has no such column. */
export function cellOf<T extends KubeObject>(kind: Kind<T>, column: string, object: T, now: number): string {
  const found = kind.columns?.find(({ name }) => name.toUpperCase() === column);
  return found === undefined ? '' : String(found.cell(object, now));
}

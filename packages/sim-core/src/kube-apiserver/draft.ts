import type { KubeObject } from '../apimachinery/object-meta.ts';

/**
 * A private copy whose first two levels may be written. What lies deeper and is frozen came out of the store, is
 * complete and stays shared: ten thousand pods of one template hold one set of containers.
 */
export function draftOf<T extends KubeObject>(sent: T): T {
  return copy(sent, 2) as T;
}

/** Down to `levels` everything is copied, below that only what is not frozen. */
function copy(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels <= 0 && Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, levels - 1));
  // Assigned, not spread: members that are added to a spread object give every copy a hidden class of its own.
  const result = Object.assign({}, value) as Record<string, unknown>;
  for (const key in result) {
    const member = result[key];
    if (typeof member === 'object' && member !== null) result[key] = copy(member, levels - 1);
  }
  return result;
}

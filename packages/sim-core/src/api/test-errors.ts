import { deepCopy } from '../apimachinery/deep.ts';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** What a kind says of a new object after its defaults, as text; @param change applied to a copy of the good object */
export function errorsOf<T extends KubeObject>(kind: Kind<T>, good: T, change: (object: T) => void): string[] {
  const object = deepCopy(good);
  change(object);
  kind.setDefaults?.(object);
  kind.prepareForCreate?.(object);
  return [...(kind.validate?.(object) ?? []), ...(kind.validateCreate?.(object) ?? [])].map(formatFieldError);
}

/** What a kind says of an update of the good object. */
export function updateErrorsOf<T extends KubeObject>(
  kind: Kind<T>,
  good: T,
  change: (object: T) => void,
  validateUpdate = kind.validateUpdate,
): string[] {
  const old = deepCopy(good);
  kind.setDefaults?.(old);
  const object = deepCopy(old);
  change(object);
  kind.setDefaults?.(object);
  return (validateUpdate?.(object, old) ?? []).map(formatFieldError);
}

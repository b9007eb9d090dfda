/** The directives of a strategic merge patch (`k8s.io/apimachinery/pkg/util/strategicpatch`). */
export const PATCH_DIRECTIVE = '$patch';
export const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM_PRIMITIVE_LIST = '$deleteFromPrimitiveList';
const SET_ELEMENT_ORDER = '$setElementOrder';

/** The key that carries the wanted order of the list `field`. */
export function orderKey(field: string): string {
  return `${SET_ELEMENT_ORDER}/${field}`;
}

/** The key that carries the scalars to delete from the list `field`. */
export function deletionKey(field: string): string {
  return `${DELETE_FROM_PRIMITIVE_LIST}/${field}`;
}

/** The list that an order key speaks of, if it is one. */
export function orderedField(key: string): string | undefined {
  return key.startsWith(`${SET_ELEMENT_ORDER}/`) ? key.slice(SET_ELEMENT_ORDER.length + 1) : undefined;
}

/** The list that a deletion key speaks of, if it is one. */
export function deletionField(key: string): string | undefined {
  return key.startsWith(`${DELETE_FROM_PRIMITIVE_LIST}/`)
    ? key.slice(DELETE_FROM_PRIMITIVE_LIST.length + 1)
    : undefined;
}

/** True for keys of a patch that are no fields. */
export function isDirective(key: string): boolean {
  return (
    key === PATCH_DIRECTIVE ||
    key === RETAIN_KEYS ||
    key.startsWith(SET_ELEMENT_ORDER) ||
    key.startsWith(DELETE_FROM_PRIMITIVE_LIST)
  );
}

import type { Kind } from '../../apimachinery/kind.ts';
import { newUnsupportedMediaType } from '../../apimachinery/status-error.ts';

/** The media types of patches (k8s.io/apimachinery/pkg/types/patch.go). */
export const JSON_PATCH = 'application/json-patch+json';
export const MERGE_PATCH = 'application/merge-patch+json';
export const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

const OF_BUILT_IN: readonly string[] = Object.freeze([JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, APPLY_PATCH]);
const OF_CUSTOM: readonly string[] = Object.freeze([JSON_PATCH, MERGE_PATCH, APPLY_PATCH]);

/**
 * The type of a patch.
 * @param types what the endpoint takes
 * @throws StatusError UnsupportedMediaType
 */
export function patchTypeOf(
  { isCustom }: Kind,
  contentType = '',
  types: readonly string[] = isCustom === true ? OF_CUSTOM : OF_BUILT_IN,
): string {
  const type = contentType.split(';')[0] as string;
  if (types.includes(type)) return type;
  throw newUnsupportedMediaType(types);
}

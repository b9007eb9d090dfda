import type { Kind } from '../../apimachinery/kind.ts';
import { EMPTY_SET, type FieldSet, newFieldSet } from '../../apimachinery/managed-fields/field-set.ts';
import type { Path } from '../../apimachinery/managed-fields/path-element.ts';

const STATUS = newFieldSet(['f:status']);
const SPEC: Path = Object.freeze(['f:spec']);

/** What a write to status puts back besides spec, by kind. */
const OF_STATUS: Readonly<Record<string, readonly Path[]>> = Object.freeze({
  Deployment: [['f:metadata', 'f:labels']],
  Pod: [
    ['f:metadata', 'f:deletionTimestamp'],
    ['f:metadata', 'f:ownerReferences'],
  ],
});

/**
 * The fields that a write puts back to what they were, so that its author never owns them
 * (pkg/registry/<group>/<kind>/strategy.go, GetResetFields): status in writes of the object, spec in those of status.
 */
export function resetFieldsOf({ kind, hasStatus }: Kind, subresource: string): FieldSet {
  if (subresource === 'status') return newFieldSet(SPEC, ...(OF_STATUS[kind] ?? []));
  return hasStatus === true ? STATUS : EMPTY_SET;
}

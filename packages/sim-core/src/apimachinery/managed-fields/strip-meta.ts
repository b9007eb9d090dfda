import { difference, type FieldSet, newFieldSet } from './field-set.ts';

/** What of metadata nobody manages. */
export const STRIPPED_METADATA: readonly string[] = Object.freeze([
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
]);

/** A set without what nobody manages: the object's identity and what only the server says of it (stripmeta.go). */
export function stripMeta(set: FieldSet): FieldSet {
  return difference(
    set,
    newFieldSet(
      ['f:apiVersion'],
      ['f:kind'],
      ['f:metadata'],
      ...STRIPPED_METADATA.map((name) => ['f:metadata', `f:${name}`] as const),
    ),
  );
}

import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import type { StructType } from '../apimachinery/schema/types.ts';
import { goShape } from './go-shape.ts';

/** The object as Go would hold it; metadata and spec are structs that are always there. */
export function shapeObject(type: StructType, value: Readonly<Record<string, unknown>>): KubeObject {
  const object = goShape(type, value);
  object.metadata ??= {};
  // The only list of which an empty one says something: forget who manages the object.
  if (isEmptyList((value.metadata as ObjectMeta | undefined)?.managedFields)) {
    (object.metadata as ObjectMeta).managedFields = [];
  }
  if (type.fields.has('spec')) object.spec ??= {};
  return object as unknown as KubeObject;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

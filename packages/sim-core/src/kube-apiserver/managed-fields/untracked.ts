import { changedFields } from '../../apimachinery/managed-fields/changed-fields.ts';
import type { FieldsV1 } from '../../apimachinery/managed-fields/fields-v1.ts';
import type { ManagedFieldsEntry } from '../../apimachinery/managed-fields/managers.ts';
import { STRIPPED_METADATA } from '../../apimachinery/managed-fields/strip-meta.ts';
import { memberPlace, type Place, rootPlace } from '../../apimachinery/managed-fields/structure.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { StructType } from '../../apimachinery/schema/types.ts';
import { creatorOf, statusWriterOf } from './component.ts';
import { ownedOfSpec } from './pod-spec.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The managers of an object that a component made while nobody kept track, as a real cluster would have them: one for
 * the object, another for its status, both as old as the object.
 * @param empty an object of the kind with nothing in it, see zeroValue
 */
export function managersOfUntracked(
  type: StructType | undefined,
  empty: Json,
  object: KubeObject,
): ManagedFieldsEntry[] {
  const place = rootPlace(type);
  const isPod = object.kind === 'Pod' && object.apiVersion === 'v1';
  const made = changedFields(place, empty, ownedOf(object, isPod));
  const status = statusFields(memberPlace(place, 'status'), empty, object, isPod);
  const entries = [
    ...(made === undefined ? [] : [entryOf(object, creatorOf(object), made)]),
    ...(status === undefined ? [] : [{ ...entryOf(object, statusWriterOf(object), status), subresource: 'status' }]),
  ];
  return entries.sort((a, b) => (a.manager < b.manager ? -1 : 1));
}

function entryOf({ apiVersion, metadata }: KubeObject, manager: string, fieldsV1: FieldsV1) {
  const time = metadata.creationTimestamp ?? '';
  return { manager, operation: 'Update', apiVersion, time, fieldsType: 'FieldsV1', fieldsV1 } as const;
}

/** The object without its identity, its status and what nobody owns. */
function ownedOf(object: KubeObject, isPod: boolean): Json {
  const { apiVersion: _version, kind: _kind, status: _status, metadata, ...rest } = object as KubeObject & Json;
  const owned = Object.entries(metadata).filter(([name]) => !STRIPPED_METADATA.includes(name));
  const spec = isPod && { spec: ownedOfSpec((rest.spec ?? {}) as Json) };
  return { ...rest, ...spec, metadata: Object.fromEntries(owned) };
}

function statusFields(place: Place, empty: Json, object: KubeObject, isPod: boolean): FieldsV1 | undefined {
  const { status } = object as KubeObject & Json;
  if (status === undefined) return undefined;
  const below = changedFields(place, isPod ? firstStatusOfPod(status as Json) : (empty.status ?? {}), status);
  return below && { 'f:status': below };
}

/** The status of a pod that was put on a node, before its kubelet saw it: what nobody owns. */
function firstStatusOfPod({ qosClass, conditions }: Json): Json {
  const scheduled = (conditions as readonly Json[] | undefined)?.filter(({ type }) => type === 'PodScheduled');
  return { phase: 'Pending', ...(qosClass !== undefined && { qosClass }), ...(scheduled && { conditions: scheduled }) };
}

import { type Managed, managedFieldsOfUpdate } from '../../apimachinery/managed-fields/field-manager.ts';
import { newFieldSet } from '../../apimachinery/managed-fields/field-set.ts';
import type { ManagedFieldsEntry } from '../../apimachinery/managed-fields/managers.ts';
import { zeroValue } from '../../apimachinery/managed-fields/zero-value.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { StructType } from '../../apimachinery/schema/types.ts';
import { creatorOf, statusWriterOf } from './component.ts';
import { ownedOfSpec } from './pod-spec.ts';

type Json = Readonly<Record<string, unknown>>;

const STATUS = newFieldSet(['f:status']);
const SPEC = newFieldSet(['f:spec'], ['f:metadata']);

/**
 * The managers of an object that a component made while nobody kept track, as a real cluster would have them: one for
 * the object, another for its status, both as old as the object.
 */
export function managersOfUntracked(
  type: StructType | undefined,
  object: KubeObject,
): ManagedFieldsEntry[] | undefined {
  const write = { type, apiVersion: object.apiVersion, now: object.metadata.creationTimestamp ?? '' };
  const { status, ...made } = object as unknown as Managed;
  const isPod = object.kind === 'Pod' && object.apiVersion === 'v1';
  const owned = isPod ? { ...made, spec: ownedOfSpec((made.spec ?? {}) as Json) } : made;
  const created = managedFieldsOfUpdate(
    { ...write, manager: creatorOf(object), resetFields: STATUS },
    undefined,
    owned as Managed,
  );
  if (status === undefined) return created;
  const metadata = { ...(made.metadata as Json), managedFields: created ?? [] };
  const live = { ...owned, metadata, status: isPod ? firstStatusOfPod(status as Json) : emptyStatus(type) };
  const by = { ...write, manager: statusWriterOf(object), subresource: 'status', resetFields: SPEC };
  return managedFieldsOfUpdate(by, live, { ...live, status }) ?? created;
}

/** The status of a pod that was put on a node, before its kubelet saw it: what nobody owns. */
function firstStatusOfPod({ qosClass, conditions }: Json): Json {
  const scheduled = (conditions as readonly Json[] | undefined)?.filter(({ type }) => type === 'PodScheduled');
  return { phase: 'Pending', ...(qosClass !== undefined && { qosClass }), ...(scheduled && { conditions: scheduled }) };
}

function emptyStatus(type: StructType | undefined): unknown {
  return (type && zeroValue(type).status) ?? {};
}

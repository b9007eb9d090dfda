import { type Managed, managedFieldsOfUpdate } from '../../apimachinery/managed-fields/field-manager.ts';
import { newFieldSet } from '../../apimachinery/managed-fields/field-set.ts';
import type { ManagedFieldsEntry } from '../../apimachinery/managed-fields/managers.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { StructType } from '../../apimachinery/schema/types.ts';
import { creatorOf, statusWriterOf } from './component.ts';

type Json = Readonly<Record<string, unknown>>;

const STATUS = newFieldSet(['f:status']);
const SPEC = newFieldSet(['f:spec'], ['f:metadata']);

/** What the scheduler and admission put into a pod's spec: nobody owns it. */
const UNOWNED_OF_PODS: readonly string[] = Object.freeze(['nodeName', 'priority', 'preemptionPolicy']);
const TOKEN_VOLUME = /^kube-api-access-/;

/**
 * The managers of an object that a component made while nobody kept track, as a real cluster would have them: one for
 * the object, another for its status, both as old as the object.
 */
export function managersOfUntracked(
  type: StructType | undefined,
  object: KubeObject,
): ManagedFieldsEntry[] | undefined {
  const now = object.metadata.creationTimestamp ?? '';
  const made = withoutUnowned(object);
  const write = { type, apiVersion: object.apiVersion, now };
  const created = managedFieldsOfUpdate({ ...write, manager: creatorOf(object), resetFields: STATUS }, undefined, made);
  if (made.status === undefined) return created;
  const { status: _status, ...bare } = made;
  const live = { ...bare, metadata: { ...made.metadata, managedFields: created ?? [] } } as Managed;
  const by = { ...write, manager: statusWriterOf(object), subresource: 'status', resetFields: SPEC };
  return managedFieldsOfUpdate(by, live, { ...live, status: made.status }) ?? created;
}

function withoutUnowned(object: KubeObject): Managed {
  const value = object as unknown as Managed;
  return object.kind === 'Pod' && object.apiVersion === 'v1' ? ownedOfPod(value) : value;
}

function ownedOfPod(pod: Managed): Managed {
  const spec = Object.entries((pod.spec ?? {}) as Json).filter(([name]) => !UNOWNED_OF_PODS.includes(name));
  const members = spec.map(([name, value]): [string, unknown] => [name, ownedOfSpec(name, value)]);
  const status = pod.status as Json | undefined;
  return {
    ...pod,
    spec: Object.fromEntries(members.filter(([, value]) => value !== undefined)),
    ...(status && { status: { ...status, conditions: without(status.conditions, 'type', /^PodScheduled$/) } }),
  };
}

function ownedOfSpec(name: string, value: unknown): unknown {
  if (name === 'volumes') return without(value, 'name', TOKEN_VOLUME);
  if (name !== 'containers' && name !== 'initContainers') return value;
  return (value as readonly Json[]).map((container) => {
    const { volumeMounts, ...rest } = container;
    const mounts = without(volumeMounts, 'name', TOKEN_VOLUME);
    return mounts === undefined ? rest : { ...rest, volumeMounts: mounts };
  });
}

/** A list without the items whose `key` matches; undefined when nothing is left. */
function without(list: unknown, key: string, pattern: RegExp): readonly Json[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const kept = list.filter((item: Json) => !pattern.test(String(item[key])));
  return kept.length > 0 ? kept : undefined;
}

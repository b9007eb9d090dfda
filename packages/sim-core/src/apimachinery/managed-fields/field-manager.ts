import type { StructType } from '../schema/types.ts';
import { newUnknownError } from '../status-error.ts';
import { capManagers } from './cap-managers.ts';
import { type Conflict, conflictError } from './conflict.ts';
import { EMPTY_SET, type FieldSet, has } from './field-set.ts';
import { allowedByLastApplied, withLastApplied } from './last-applied.ts';
import { decodeManagers, encodeManagers, isReset, type ManagedFieldsEntry, type Managers } from './managers.ts';
import { rootPlace } from './structure.ts';
import { type Applied, applyConfig, updateManagers, type Write } from './updater.ts';
import { zeroValue } from './zero-value.ts';

/** An object with its metadata, as far as managing its fields looks at it. */
export type Managed = Readonly<Record<string, unknown>> & {
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** A write whose fields are to be managed. */
export interface FieldWrite {
  /** The type of the kind; undefined: nobody declared it. */
  readonly type: StructType | undefined;
  readonly apiVersion: string;
  /** The `fieldManager` of the request, or what stands for it. */
  readonly manager: string;
  /** `status`, `scale` …; absent for the object itself. */
  readonly subresource?: string;
  /** See {@link Write.resetFields}. */
  readonly resetFields?: FieldSet;
  /** Cluster time, RFC 3339. */
  readonly now: string;
}

/** The manager of what was there before an object was first applied and had no managers. */
const BEFORE_FIRST_APPLY = 'before-first-apply';

/**
 * metadata.managedFields after a create, update or patch (apimachinery util/managedfields, FieldManager.Update):
 * undefined where nobody manages anything. Objects that are not new and have no managers get none.
 * @param live what is stored; undefined: the object is new
 */
export function managedFieldsOfUpdate(
  write: FieldWrite,
  live: Managed | undefined,
  object: Managed,
): ManagedFieldsEntry[] | undefined {
  const managers = managersOf(write, live, object);
  if (managers.size === 0 && live !== undefined) return undefined;
  const before = live === undefined ? emptyObject(write) : withoutManagers(live);
  const updated = updateManagers(writeOf(write, 'Update'), before, withoutManagers(object), managers, write.now);
  const capped = capManagers(updated);
  return capped.size === 0 ? undefined : encodeManagers(capped);
}

/** The client's own entries where it sends usable ones, else those that are stored (decodeLiveOrNew). */
function managersOf({ subresource = '' }: FieldWrite, live: Managed | undefined, object: Managed): Managers {
  const sent = object.metadata.managedFields;
  if (subresource === '') {
    if (isReset(sent)) return new Map();
    const managers = decodeOr(sent, undefined);
    if (managers !== undefined && managers.size > 0) return managers;
  }
  return decodeOr(live?.metadata.managedFields, new Map());
}

function decodeOr<T>(entries: unknown, otherwise: T): Managers | T {
  try {
    return decodeManagers(entries);
  } catch {
    return otherwise;
  }
}

/** What server-side apply makes of an object; its `metadata.managedFields` are those of the answer. */
export interface AppliedObject {
  readonly object: Readonly<Record<string, unknown>>;
  readonly managedFields: ManagedFieldsEntry[] | undefined;
}

/**
 * Server-side apply of a configuration that is of its type (FieldManager.Apply).
 * @param live what is stored; undefined: the object is new
 * @throws StatusError Conflict with a cause for each field that others manage
 */
export function applyToObject(
  write: FieldWrite,
  live: Managed | undefined,
  config: Managed,
  { force }: { force: boolean },
): AppliedObject {
  const before = live === undefined ? emptyObject(write) : withoutManagers(live);
  const managers = managersBefore(write, live, before);
  const apply = (forced: boolean): Applied | readonly Conflict[] =>
    applyConfig(writeOf(write, 'Apply'), before, config, managers, { now: write.now, force: forced });
  let applied = apply(force);
  if (isConflicts(applied)) {
    const left = conflictsLeft(write, before, applied);
    if (left.length > 0) throw conflictError(left);
    applied = apply(true);
  }
  if (isConflicts(applied)) throw conflictError(applied);
  const object = applied.object as Record<string, unknown>;
  return {
    object: write.manager === 'kubectl' ? withLastApplied(object, config) : object,
    managedFields: applied.managers.size === 0 ? undefined : encodeManagers(applied.managers),
  };
}

function isConflicts(applied: Applied | readonly Conflict[]): applied is readonly Conflict[] {
  return Array.isArray(applied);
}

/** kubectl may take what its client-side apply has set (lastappliedmanager.go). */
function conflictsLeft(write: FieldWrite, live: unknown, conflicts: readonly Conflict[]): readonly Conflict[] {
  if (write.manager !== 'kubectl') return conflicts;
  const allowed = allowedByLastApplied(rootPlace(write.type), write.apiVersion, live);
  return conflicts.filter(({ path }) => !has(allowed, path));
}

function managersBefore(write: FieldWrite, live: Managed | undefined, before: unknown): Managers {
  if (live === undefined) return new Map();
  let managers: Managers;
  try {
    managers = decodeManagers(live.metadata.managedFields);
  } catch (error) {
    throw newUnknownError(`failed to decode managed fields: ${(error as Error).message}`);
  }
  if (managers.size > 0) return managers;
  const first = writeOf({ ...write, manager: BEFORE_FIRST_APPLY }, 'Update');
  return updateManagers(first, emptyObject(write), before, managers, write.now);
}

function writeOf(write: FieldWrite, operation: 'Apply' | 'Update'): Write {
  const { type, apiVersion, manager, subresource = '', resetFields = EMPTY_SET } = write;
  return { place: rootPlace(type), writer: { name: manager, operation, apiVersion, subresource }, resetFields };
}

function emptyObject({ type }: FieldWrite): unknown {
  return type === undefined || type.isUnstructured === true ? {} : zeroValue(type);
}

function withoutManagers(object: Managed): unknown {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata };
}

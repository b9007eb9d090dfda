import { type Comparison, compare, excludeFields, isSame } from './compare.ts';
import { type Conflict, conflictsWith } from './conflict.ts';
import {
  difference,
  EMPTY_SET,
  type FieldSet,
  intersection,
  isEmpty,
  recursiveDifference,
  union,
} from './field-set.ts';
import { type Manager, type Managers, managerId } from './managers.ts';
import { merge } from './merge.ts';
import { prune } from './prune.ts';
import { stripMeta } from './strip-meta.ts';
import type { Place } from './structure.ts';
import { toFieldSet } from './to-field-set.ts';

/** A write: to an object of which type, by whom, and what such a write never touches. */
export interface Write {
  readonly place: Place;
  /** Who writes; its fields and time are what the write makes of them. */
  readonly writer: Omit<Manager, 'fields' | 'time'>;
  /** Fields that are put back to what they were (rest.ResetFieldsStrategy): nobody comes to own them by this write. */
  readonly resetFields: FieldSet;
}

/**
 * Who manages what after an object was replaced (structured-merge-diff merge/update.go, Update): the writer has what it
 * added or changed, everybody loses what is gone. The writer's entry has the new time when it changed anything.
 */
export function updateManagers(
  write: Write,
  live: unknown,
  object: unknown,
  managers: Managers,
  now: string,
): Map<string, Manager> {
  const comparison = compare(write.place, live, object);
  const result = withoutLost(managers, excludeFields(comparison, write.resetFields));
  const { added, modified } = comparison;
  const taken = stripMeta(recursiveDifference(union(added, modified), write.resetFields));
  if (isEmpty(taken)) return result;
  const id = managerId(write.writer);
  const own = result.get(id);
  const fields = union(own?.fields ?? EMPTY_SET, taken);
  // What is written through scale keeps the time that its entry had: none when it is new (scalehandler.go, ToParent).
  const time = write.writer.subresource === 'scale' ? own?.time : now;
  return result.set(id, { ...write.writer, ...(time !== undefined && { time }), fields });
}

/** What an apply makes of an object. */
export interface Applied {
  readonly object: unknown;
  readonly managers: Managers;
}

/**
 * Merges a configuration into an object (merge/update.go, Apply): what the applier said before and no longer says goes
 * unless somebody else manages it.
 * @returns the conflicts when others manage what it would change and it is not `forced`
 */
export function applyConfig(
  write: Write,
  live: unknown,
  config: unknown,
  managers: Managers,
  { now, force }: { now: string; force: boolean },
): Applied | readonly Conflict[] {
  const { place, writer, resetFields } = write;
  const id = managerId(writer);
  const last = managers.get(id);
  const set = recursiveDifference(toFieldSet(place, config), resetFields);
  const all = new Map(managers).set(id, { ...writer, fields: set });
  const merged = merge(place, live, config);
  const object = last === undefined ? merged : prune(place, merged, last.fields, all.values());
  const comparison = excludeFields(compare(place, live, object), resetFields);
  const others = new Map(managers);
  others.delete(id);
  const conflicts = force ? [] : findConflicts(others, comparison);
  if (conflicts.length > 0) return conflicts;
  const result = withoutLost(others, comparison);
  const fields = stripMeta(set);
  const time = isSame(comparison) ? last?.time : now;
  if (!isEmpty(fields)) result.set(id, { ...writer, ...(time !== undefined && { time }), fields });
  return { object, managers: result };
}

function findConflicts(managers: Managers, { added, modified }: Comparison): Conflict[] {
  const changed = union(added, modified);
  return [...managers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, manager]) => conflictsWith(id, manager, intersection(manager.fields, changed)));
}

function withoutLost(managers: Managers, { added, modified, removed }: Comparison): Map<string, Manager> {
  const lost = union(union(added, modified), removed);
  const result = new Map<string, Manager>();
  for (const [id, manager] of managers) {
    const fields = difference(manager.fields, lost);
    if (!isEmpty(fields)) result.set(id, { ...manager, fields });
  }
  return result;
}

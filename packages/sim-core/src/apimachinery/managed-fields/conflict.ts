import { goQuote } from '../go-syntax.ts';
import { newApplyConflict, type StatusError } from '../status-error.ts';
import { type FieldSet, pathsOf } from './field-set.ts';
import type { Manager } from './managers.ts';
import { type Path, printPath } from './path-element.ts';

/** A field that an apply would change although another manager owns it. */
export interface Conflict {
  /** The other manager's id, by which conflicts are ordered. */
  readonly id: string;
  readonly manager: Manager;
  readonly path: Path;
}

/** The conflicts of an apply with one manager. */
export function conflictsWith(id: string, manager: Manager, fields: FieldSet): Conflict[] {
  return pathsOf(fields).map((path) => ({ id, manager, path }));
}

/** 409 `Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas` (internal/conflict.go). */
export function conflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${printManager(manager)}`,
    field: printPath(path),
  }));
  return newApplyConflict(causes, conflictMessage(conflicts));
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first, ...others] = conflicts;
  if (first !== undefined && others.length === 0) {
    const where = `conflict with ${printManager(first.manager)}: ${printPath(first.path)}`;
    return `Apply failed with 1 conflict: ${where}`;
  }
  const ids = [...new Set(conflicts.map(({ id }) => id))].sort();
  const lines = ids.flatMap((id) => linesOf(conflicts.filter((conflict) => conflict.id === id)));
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function linesOf(conflicts: readonly Conflict[]): string[] {
  const [first] = conflicts;
  if (first === undefined) return [];
  return [`conflicts with ${printManager(first.manager)}:`, ...conflicts.map(({ path }) => `- ${printPath(path)}`)];
}

function printManager({ name, operation, apiVersion, subresource }: Manager): string {
  const who = subresource === '' ? goQuote(name) : `${goQuote(name)} with subresource ${goQuote(subresource)}`;
  return operation === 'Update' ? `${who} using ${apiVersion}` : who;
}

import type { CustomResourceColumnDefinition } from '../api/apiextensions-v1/custom-resource-definition.ts';
import { ageOf, NAME } from '../api/columns.ts';
import type { PrinterColumn } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { parseJsonPath } from '../apimachinery/structural-schema/json-path.ts';
import { parseTimestamp } from '../apimachinery/timestamp.ts';

type Cell = ReturnType<PrinterColumn<KubeObject>['cell']>;

/**
 * The columns of a custom kind: its name and those of its definition; absent where that names none
 * (apiextensions-apiserver/pkg/registry/customresource/tableconvertor/tableconvertor.go).
 */
export function columnsOf(columns: readonly CustomResourceColumnDefinition[]): PrinterColumn<KubeObject>[] {
  return [NAME, ...columns.map(columnOf)];
}

function columnOf({ name, type, description, priority = 0, jsonPath }: CustomResourceColumnDefinition) {
  const path = parseJsonPath(jsonPath);
  return {
    name,
    type: type as NonNullable<PrinterColumn<KubeObject>['type']>,
    description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority: priority > 0 ? 1 : 0,
    cell: (object: KubeObject, now: number) => cellOf(type, path?.(object), now),
  } satisfies PrinterColumn<KubeObject>;
}

function cellOf(type: string, value: unknown, now: number): Cell {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? dateCell(value, now) : null;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function dateCell(time: string, now: number): string {
  return Number.isNaN(parseTimestamp(time)) ? '<invalid>' : ageOf(time, now);
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { SCHEMA_JSON } from '../api/schema.generated.ts';
import { type Managed, managedFieldsOfUpdate } from '../apimachinery/managed-fields/field-manager.ts';
import { newFieldSet } from '../apimachinery/managed-fields/field-set.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';

const schema = createSchema(() => SCHEMA_JSON);

/** Every whole object of the recordings that says who manages it. */
function managedObjects(): Managed[] {
  const path = sharedPath('conformance', 'kubectl-errors.json');
  return path === undefined ? [] : find(JSON.parse(readFileSync(path, 'utf8')));
}

function find(value: unknown): Managed[] {
  if (typeof value !== 'object' || value === null) return [];
  const { spec, metadata } = value as Partial<Managed>;
  const own = spec !== undefined && metadata?.managedFields !== undefined ? [value as Managed] : [];
  return [...own, ...Object.values(value).flatMap(find)];
}

const objects = managedObjects();

describe.skipIf(objects.length === 0)('managedFields of a real server', () => {
  it.each(objects.map((object) => [`${object.kind} ${(object.metadata as { name?: string }).name}`, object]))(
    '%s',
    (_name, object) => {
      const recorded = (object as Managed).metadata.managedFields as { manager: string; time: string }[];
      const { managedFields: _managed, ...metadata } = (object as Managed).metadata;
      const apiVersion = String((object as Managed).apiVersion);
      const write = {
        type: schema.kind(apiVersion, String((object as Managed).kind)),
        apiVersion,
        manager: recorded[0]?.manager ?? '',
        now: recorded[0]?.time ?? '',
        resetFields: newFieldSet(['f:status']),
      };
      const computed = managedFieldsOfUpdate(write, undefined, { ...(object as Managed), metadata });
      expect(JSON.stringify(computed)).toBe(JSON.stringify(recorded));
    },
  );
});

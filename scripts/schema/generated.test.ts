import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCUMENTATION_FILE, documentationSource, SCHEMA_FILE, schemaSource } from './schema-source.ts';

it('the generated schema is up to date: node scripts/ts.mjs scripts/generate-schema.ts', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8') === schemaSource()).toBe(true);
});

it('and so is what is said of the types', () => {
  expect(readFileSync(DOCUMENTATION_FILE, 'utf8') === documentationSource()).toBe(true);
});

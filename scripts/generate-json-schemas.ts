import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../packages/sim-core/src/grader/schemas.ts';

/** Writes schemas/: what editors complete Scenario and Exercise documents with, and what a grade's JSON is held against. */
mkdirSync('schemas', { recursive: true });
for (const [file, schema] of Object.entries(jsonSchemas()))
  writeFileSync(join('schemas', file), `${JSON.stringify(schema, undefined, 2)}\n`);

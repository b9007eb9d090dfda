// node scripts/ts.mjs scripts/generate-schema.ts: writes the generated files in packages/sim-core/src/api/.
import { writeFileSync } from 'node:fs';
import { DOCUMENTATION_FILE, documentationSource, SCHEMA_FILE, schemaSource } from './schema/schema-source.ts';

for (const [file, source] of [
  [SCHEMA_FILE, schemaSource()],
  [DOCUMENTATION_FILE, documentationSource()],
] as const) {
  writeFileSync(file, source);
  console.log(`${file.pathname}: ${source.length} bytes`);
}

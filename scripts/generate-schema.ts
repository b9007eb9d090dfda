// node scripts/ts.mjs scripts/generate-schema.ts: writes packages/sim-core/src/api/schema.generated.ts.
import { writeFileSync } from 'node:fs';
import { SCHEMA_FILE, schemaSource } from './schema/schema-source.ts';

const source = schemaSource();
writeFileSync(SCHEMA_FILE, source);
console.log(`${SCHEMA_FILE.pathname}: ${source.length} bytes`);

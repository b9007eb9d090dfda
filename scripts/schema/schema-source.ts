import { buildSchema } from './build-schema.ts';

/** The generated file. */
export const SCHEMA_FILE: URL = new URL('../../packages/sim-core/src/api/schema.generated.ts', import.meta.url);

const HEADER = `// Generated from @kubernetes/client-node (Apache-2.0) by scripts/generate-schema.ts. Do not edit.

/** The schema of our kinds as JSON text; one type a line. Read it through apimachinery/schema/schema.ts. */
export const SCHEMA_JSON = \``;

function lines(entries: object): string {
  return Object.entries(entries)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n');
}

/**
 * The text of the generated file. A string and not an object literal: the engine scans a string much faster, and
 * parses it only when a schema is first asked for.
 */
export function schemaSource(): string {
  const { kinds, types } = buildSchema();
  const json = `{"kinds":{\n${lines(kinds)}\n},"types":{\n${lines(types)}\n}}`;
  if (/[\\`]|\$\{/.test(json)) throw new Error('the schema holds characters that a template literal would change');
  return `${HEADER}${json}\`;\n`;
}

import { buildDocumentation } from './build-documentation.ts';
import { buildSchema } from './build-schema.ts';

/** The generated file. */
export const SCHEMA_FILE: URL = new URL('../../packages/sim-core/src/api/schema.generated.ts', import.meta.url);

/** What is said of the types, which only /openapi/v3 and an editor ask for: a file of its own, loaded when it is. */
export const DOCUMENTATION_FILE: URL = new URL(
  '../../packages/sim-core/src/api/documentation.generated.ts',
  import.meta.url,
);

const HEADER = `// Generated from @kubernetes/client-node (Apache-2.0) by scripts/generate-schema.ts. Do not edit.

/** The schema of our kinds as JSON text; one type a line. Read it through apimachinery/schema/schema.ts. */
export const SCHEMA_JSON = \``;

const DOCUMENTATION_HEADER = `// Generated from @kubernetes/client-node and kubernetes-types (both Apache-2.0) by scripts/generate-schema.ts. Do not edit.

/** What OpenAPI says of our types as JSON text. Read it through apimachinery/schema/documentation.ts. */
export const DOCUMENTATION_JSON = \``;

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

/** The text of the generated documentation: JSON in a template literal, as the schema's. */
export function documentationSource(): string {
  const { texts, types, enums, defaults } = buildDocumentation();
  const parts = [
    `"texts":[\n${texts.map((text) => JSON.stringify(text)).join(',\n')}\n]`,
    `"types":{\n${lines(types)}\n}`,
    `"enums":{\n${lines(enums)}\n}`,
    `"defaults":{\n${lines(defaults)}\n}`,
  ];
  const json = `{${parts.join(',')}}`.replace(/[\\`]|\$(?=\{)/g, '\\$&');
  return `${DOCUMENTATION_HEADER}${json}\`;\n`;
}

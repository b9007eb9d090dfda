import { type JsonSchema, SchemaReader } from '../scenario/schema-reader.ts';
import { SANDBOX_API_VERSION, settingsFrom } from '../scenario/settings.ts';
import { CHECK_KINDS } from './checks/index.ts';
import { exerciseFrom } from './exercise/read-exercise.ts';
import { OUTCOMES, RESULT_SCHEMA, VISIBILITIES } from './result.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** JSON Schemas of our documents, by the name of their file. */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    'scenario.schema.json': documentSchema('Scenario', new SchemaReader(), settingsFrom),
    'exercise.schema.json': documentSchema(
      'Exercise',
      new SchemaReader({ checks: CHECK_KINDS.map(({ name }) => name) }),
      exerciseFrom,
    ),
    'grade-result.schema.json': RESULT,
  };
}

function documentSchema(kind: string, reader: SchemaReader, read: (reader: SchemaReader) => unknown): JsonSchema {
  read(reader);
  const { schema } = reader;
  const properties = schema['properties'] as Record<string, JsonSchema>;
  const metadata = { ...properties['metadata'], additionalProperties: true };
  return {
    $schema: DIALECT,
    title: `${kind} (${SANDBOX_API_VERSION})`,
    ...schema,
    required: ['apiVersion', 'kind', ...(kind === 'Exercise' ? ['metadata', 'spec'] : [])],
    properties: { ...properties, apiVersion: { const: SANDBOX_API_VERSION }, kind: { const: kind }, metadata },
  };
}

const TEXT = Object.freeze({ type: 'string' });
const NUMBER = Object.freeze({ type: 'number', minimum: 0 });
const PLACE = Object.freeze({ file: TEXT, line: { type: 'integer' }, column: { type: 'integer' } });

const CHECK: JsonSchema = {
  type: 'object',
  required: ['id', 'title', 'result', 'points', 'max', 'visibility', 'message', 'evidence'],
  properties: {
    id: TEXT,
    title: TEXT,
    result: { enum: [...OUTCOMES] },
    points: NUMBER,
    max: NUMBER,
    visibility: { enum: [...VISIBILITIES] },
    message: TEXT,
    hint: TEXT,
    hints: { type: 'array', items: TEXT },
    ...PLACE,
    remark: TEXT,
    blockedBy: { type: 'array', items: TEXT },
    evidence: { type: 'object' },
  },
};

/** Of {@link GradeResult}: more fields may be added, those that are there keep their meaning. */
const RESULT: JsonSchema = {
  $schema: DIALECT,
  title: 'Result of a grade',
  type: 'object',
  required: ['schema', 'engine', 'exercise', 'submission', 'seed', 'score', 'max', 'ungraded', 'checks'],
  properties: {
    schema: { const: RESULT_SCHEMA },
    engine: TEXT,
    exercise: {
      type: 'object',
      required: ['name', 'digest'],
      properties: { name: TEXT, title: TEXT, digest: TEXT },
    },
    submission: {
      type: 'object',
      required: ['id', 'digest', 'files'],
      properties: {
        id: TEXT,
        digest: TEXT,
        files: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'used'],
            properties: { path: TEXT, used: { type: 'boolean' }, reason: TEXT },
          },
        },
      },
    },
    seed: TEXT,
    variant: { type: 'object' },
    cluster: TEXT,
    score: NUMBER,
    max: NUMBER,
    ungraded: NUMBER,
    checks: { type: 'array', items: CHECK },
    remarks: { type: 'array', items: TEXT },
  },
};

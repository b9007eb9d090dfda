import { Reader } from './reader.ts';

/** A JSON Schema, as far as it is needed here. */
export type JsonSchema = Record<string, unknown>;

/** Fields of which one at a time is there: each is recorded as if it were. */
export type Alternatives = Readonly<Record<string, readonly string[]>>;

/**
 * A reader that reads nothing and writes down what it is asked for: the JSON Schema of a document follows from the code that
 * reads it, so that the two cannot differ.
 */
export class SchemaReader extends Reader {
  readonly #properties: Record<string, JsonSchema> = {};
  readonly #children = new Map<string, { readonly isList: boolean; readonly readers: readonly SchemaReader[] }>();
  readonly #alternatives: Alternatives;
  readonly #present: readonly string[];
  #isClosed = false;
  #required: readonly string[] = [];

  /** @param present fields that are said to be there. @param alternatives by the name of a list whose entries are of several forms */
  constructor(alternatives: Alternatives = {}, present: readonly string[] = []) {
    super({}, '', []);
    this.#alternatives = alternatives;
    this.#present = present;
  }

  /** What was asked for so far. */
  get schema(): JsonSchema {
    const inner = [...this.#children].map(([field, child]) => [field, schemaOf(child)]);
    return {
      type: 'object',
      properties: { ...Object.fromEntries(inner), ...this.#properties },
      ...(this.#required.length > 0 && { required: [...this.#required] }),
      ...(this.#isClosed && { additionalProperties: false }),
    };
  }

  override has(): boolean {
    return true;
  }

  override known(): void {
    this.#isClosed = true;
  }

  override needs(fields: readonly string[]): void {
    this.#required = fields;
  }

  override complain(): void {}

  override get fields(): string[] {
    return [...this.#present];
  }

  override anything(field: string): undefined {
    this.#properties[field] ??= {};
    return undefined;
  }

  override object(field: string): Reader {
    const reader = new SchemaReader(this.#alternatives);
    this.#children.set(field, { isList: false, readers: [reader] });
    return reader;
  }

  override objects(field: string): Reader[] {
    const forms = this.#alternatives[field];
    const readers = (forms?.map((form) => [form]) ?? [[]]).map(
      (present) => new SchemaReader(this.#alternatives, present),
    );
    this.#children.set(field, { isList: true, readers });
    return readers;
  }

  override text(field: string, fallback: string): string {
    return this.#note(field, { type: 'string' }, fallback);
  }

  override textThat(field: string, fallback: string, expected: string): string {
    return this.#note(field, { type: 'string', description: expected }, fallback);
  }

  override scalar(field: string, fallback: string): string {
    return this.#note(field, { type: ['string', 'number'] }, fallback);
  }

  override flag(field: string, fallback: boolean): boolean {
    return this.#note(field, { type: 'boolean' }, fallback);
  }

  override number(field: string, fallback: number, minimum: number, maximum: number): number {
    return this.#note(field, { type: 'number', minimum, maximum }, fallback);
  }

  override integer(field: string, fallback: number, minimum: number, maximum: number): number {
    return this.#note(field, { type: 'integer', minimum, maximum }, fallback);
  }

  override duration(field: string, fallback: number): number {
    return this.#note(
      field,
      { type: ['string', 'number'], description: 'a duration such as 500ms, 3s or 1m30s' },
      fallback,
    );
  }

  override oneOf<T extends string>(field: string, allowed: readonly T[], fallback: T): T {
    return this.#note(field, { enum: [...allowed] }, fallback);
  }

  override oneOfEach<T extends string>(field: string, allowed: readonly T[]): T[] {
    return this.#note(field, { type: 'array', items: { enum: [...allowed] } }, []);
  }

  override texts(field: string): string[] {
    return this.#note(field, { type: 'array', items: { type: 'string' } }, []);
  }

  override integers(field: string, minimum: number, maximum: number): number[] {
    return this.#note(field, { type: 'array', items: { type: 'integer', minimum, maximum } }, []);
  }

  override record(field: string): Record<string, string> {
    return this.#note(field, { type: 'object', additionalProperties: { type: ['string', 'number'] } }, {});
  }

  override recordOf(field: string): Record<string, string> {
    return this.record(field);
  }

  override integerRecord(field: string, minimum: number, maximum: number): Record<string, number> {
    return this.#note(field, { type: 'object', additionalProperties: { type: 'integer', minimum, maximum } }, {});
  }

  /** What was looked at as a whole before may have any form. */
  #note<T>(field: string, schema: JsonSchema, fallback: T): T {
    if (!Object.hasOwn(this.#properties, field)) this.#properties[field] = schema;
    return fallback;
  }
}

function schemaOf({ isList, readers }: { isList: boolean; readers: readonly SchemaReader[] }): JsonSchema {
  const [first, ...more] = readers.map(({ schema }) => schema);
  const inner = more.length === 0 ? (first ?? {}) : { oneOf: [first, ...more] };
  return isList ? { type: 'array', items: inner } : inner;
}

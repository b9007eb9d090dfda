/** What is known of a field, from the API server's OpenAPI document. */
export interface FieldDoc {
  readonly name: string;
  /** `string`, `[]IngressRule`, `map[string]string` … as `kubectl explain` says it. */
  readonly type: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly values: readonly string[];
}

/** `components.schemas` of an OpenAPI v3 document. */
export type Schemas = Readonly<Record<string, Schema>>;

/** A schema, as far as it is read here. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** Kinds that a document describes, without those that only carry lists or options. */
export function kindsOf(schemas: Schemas): string[] {
  const kinds = Object.values(schemas).flatMap((schema) => {
    const [own, ...more] = schema['x-kubernetes-group-version-kind'] ?? [];
    return own && more.length === 0 && schema.properties?.['metadata'] && !own.kind.endsWith('List') ? [own.kind] : [];
  });
  return [...new Set(kinds)].sort();
}

/** The fields below a path in objects of a kind. */
export function fieldsAt(schemas: Schemas, kind: string, path: readonly string[]): FieldDoc[] {
  const schema = schemaAt(schemas, kind, path);
  const { properties = {}, required = [] } = schema ?? {};
  return Object.entries(properties).map(([name, field]) => docOf(schemas, name, field, required.includes(name)));
}

/** What is known of one field. */
export function fieldAt(schemas: Schemas, kind: string, path: readonly string[]): FieldDoc | undefined {
  return fieldsAt(schemas, kind, path.slice(0, -1)).find(({ name }) => name === path.at(-1));
}

function schemaAt(schemas: Schemas, kind: string, path: readonly string[]): Schema | undefined {
  const root = Object.values(schemas).find((schema) => schema['x-kubernetes-group-version-kind']?.[0]?.kind === kind);
  return path.reduce<Schema | undefined>((schema, name) => {
    const field =
      schema?.properties?.[name] ?? (isSchema(schema?.additionalProperties) ? schema.additionalProperties : undefined);
    return field && elementOf(schemas, field);
  }, root);
}

/** A list's fields are those of its elements. */
function elementOf(schemas: Schemas, schema: Schema): Schema {
  const full = resolved(schemas, schema);
  return full.items ? elementOf(schemas, full.items) : full;
}

function resolved(schemas: Schemas, schema: Schema): Schema {
  const reference = referenceOf(schema);
  if (reference === undefined) return schema;
  const target = schemas[reference] ?? {};
  return { ...target, description: schema.description || target.description || '' };
}

function referenceOf({ $ref, allOf }: Schema): string | undefined {
  return ($ref ?? allOf?.[0]?.$ref)?.split('/').at(-1);
}

function docOf(schemas: Schemas, name: string, schema: Schema, isRequired: boolean): FieldDoc {
  const full = resolved(schemas, schema);
  const values = full.type === 'boolean' ? ['true', 'false'] : (full.enum ?? []).map(String);
  return { name, type: typeOf(schemas, schema), description: full.description ?? '', isRequired, values };
}

function typeOf(schemas: Schemas, schema: Schema): string {
  const reference = referenceOf(schema);
  if (reference !== undefined) return reference.split('.').at(-1) ?? '';
  if (schema.items) return `[]${typeOf(schemas, schema.items)}`;
  if (isSchema(schema.additionalProperties)) return `map[string]${typeOf(schemas, schema.additionalProperties)}`;
  return schema.type ?? 'Object';
}

function isSchema(value: Schema | boolean | undefined): value is Schema {
  return typeof value === 'object';
}

import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import type { Documentation } from '../../apimachinery/schema/documentation.ts';
import type { Schema, StructType, Type } from '../../apimachinery/schema/types.ts';
import type { GroupVersionKind } from './operations.ts';
import { SCALAR_SCHEMAS } from './scalar-schemas.ts';
import { customSchemaName, metaName, refTo, SCALAR_NAMES, schemaName } from './schema-names.ts';
import { type SchemaObject, structSchema } from './schema-object.ts';

/** The schema that a custom kind was defined with (a CustomResourceDefinition's openAPIV3Schema); undefined for others. */
export type CustomSchemas = (kind: Kind) => SchemaObject | undefined;

/** Where schemas come from. */
export interface SchemaSources {
  readonly schema: Schema;
  readonly documentation: Documentation;
  readonly customSchemas: CustomSchemas;
  /** Schemas of types that were made before: documents have most of them in common. */
  readonly structs: Map<StructType, SchemaObject>;
}

/** Collects `components.schemas` of a document: each schema with all that it leads to. */
export class Components {
  readonly #sources: SchemaSources;
  readonly #schemas = new Map<string, SchemaObject>();

  constructor(sources: SchemaSources) {
    this.#sources = sources;
  }

  /** Everything that was collected, sorted by name as Go prints maps. */
  get schemas(): Readonly<Record<string, SchemaObject>> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Takes a kind and its list in; returns the names of both schemas. */
  addKind(kind: Kind): { readonly schema: string; readonly list: string } {
    const type = this.#sources.schema.kind(apiVersionOf(kind), kind.kind);
    const schema = type === undefined ? customSchemaName(kind) : schemaName(type);
    const gvk = { group: kind.group, kind: kind.kind, version: kind.version };
    if (type === undefined) this.#set(schema, this.#customSchema(kind), [gvk]);
    else this.addType(type, [gvk]);
    const list = `${schema}List`;
    this.#set(list, this.#listSchema(kind, type, schema), [{ ...gvk, kind: `${kind.kind}List` }]);
    return { schema, list };
  }

  /** Takes a type and what it leads to in; returns its name. */
  addType(type: StructType, gvks: readonly GroupVersionKind[] = []): string {
    const name = schemaName(type);
    if (this.#schemas.has(name)) return name;
    this.#set(name, this.#structSchema(type), gvks);
    for (const field of type.fields.values()) this.#addBelow(field.type);
    if (type.name === 'ManagedFieldsEntry') this.addScalar(metaName('FieldsV1'));
    return name;
  }

  /** Takes a schema of the fixed ones in. */
  addScalar(name: string): void {
    const schema = SCALAR_SCHEMAS[name];
    if (schema !== undefined) this.#set(name, schema);
  }

  #structSchema(type: StructType): SchemaObject {
    const { structs, documentation } = this.#sources;
    const made = structs.get(type) ?? structSchema(type, documentation);
    structs.set(type, made);
    return made;
  }

  #addBelow(type: Type): void {
    if (type.kind === 'struct') this.addType(type);
    else if (type.kind === 'list') this.#addBelow(type.items);
    else if (type.kind === 'map') this.#addBelow(type.values);
    else if (type.scalar in SCALAR_NAMES) this.addScalar(SCALAR_NAMES[type.scalar as keyof typeof SCALAR_NAMES]);
  }

  #set(name: string, schema: SchemaObject, gvks: readonly GroupVersionKind[] = []): void {
    this.#schemas.set(name, gvks.length > 0 ? { ...schema, 'x-kubernetes-group-version-kind': gvks } : schema);
  }

  #listSchema(kind: Kind, type: StructType | undefined, item: string): SchemaObject {
    const { documentation } = this.#sources;
    const name = `${type?.name ?? kind.kind}List`;
    const about = documentation.type(name) || `${kind.kind}List is a list of ${kind.kind}`;
    return {
      description: about,
      properties: {
        ...this.#typeMeta(),
        items: {
          description:
            documentation.field(name, 'items') ||
            `List of ${kind.resource}. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md`,
          items: type === undefined ? refTo(item) : { allOf: [refTo(item)], default: {} },
          type: 'array',
        },
        metadata: {
          allOf: [refTo(metaName('ListMeta'))],
          default: {},
          description: documentation.field(name, 'metadata'),
        },
      },
      required: ['items'],
      type: 'object',
    };
  }

  /** The defined schema with what every object has (apiextensions-apiserver/pkg/controller/openapi/builder). */
  #customSchema(kind: Kind): SchemaObject {
    const defined = this.#sources.customSchemas(kind) ?? {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    };
    const metadata = {
      allOf: [refTo(metaName('ObjectMeta'))],
      description:
        "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
    };
    const objectMeta = this.#sources.schema.kind('v1', 'Pod')?.fields.get('metadata')?.type;
    if (objectMeta?.kind === 'struct') this.addType(objectMeta);
    return { ...defined, properties: { ...(defined.properties as object), ...this.#typeMeta(), metadata } };
  }

  #typeMeta(): SchemaObject {
    const text = (field: string) => this.#sources.documentation.field('Pod', field);
    return {
      apiVersion: { description: text('apiVersion'), type: 'string' },
      kind: { description: text('kind'), type: 'string' },
    };
  }
}

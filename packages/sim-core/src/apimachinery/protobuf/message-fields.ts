import type { Field, StructType } from '../schema/types.ts';

/** A field of a message: one that JSON has too, or a struct that Go embeds, whose members lie in the outer JSON object. */
export type MessageField =
  | { readonly kind: 'field'; readonly field: Field; readonly pointer: boolean }
  | { readonly kind: 'embedded'; readonly members: MessageFields };

/** The fields of a message by their numbers. */
export type MessageFields = ReadonlyMap<number, MessageField>;

/** Field numbers by type name, written as `api/protobuf-fields/index.ts` says. */
export type ProtobufFields = Readonly<Record<string, string>>;

interface Entry {
  readonly path: readonly number[];
  readonly field: MessageField;
}

/**
 * Reads one line of the table, `name=1 hostPath=2.1 replicas=3?`. Undefined for a type that the table does not have.
 * Throws a plain Error when the table does not fit the schema.
 */
export function messageFields(type: StructType, table: ProtobufFields): MessageFields | undefined {
  const text = Object.hasOwn(table, type.name) ? table[type.name] : undefined;
  if (text === undefined) return undefined;
  const entries = text.split(' ').filter((part) => part !== '');
  return collect(entries.map((entry) => readEntry(type, entry)));
}

function readEntry(type: StructType, entry: string): Entry {
  const [, name = '', path = '', pointer] = /^(.+)=([\d.]+)(\?)?$/.exec(entry) ?? [];
  const field = type.fields.get(name);
  if (field === undefined) throw new Error(`protobuf: ${type.name} has no field "${name}" (${entry})`);
  return { path: path.split('.').map(Number), field: { kind: 'field', field, pointer: pointer !== undefined } };
}

function collect(entries: readonly Entry[]): MessageFields {
  const fields = new Map<number, MessageField>();
  const embedded = new Map<number, Entry[]>();
  for (const { path, field } of entries) {
    const [number = 0, ...rest] = path;
    if (rest.length > 0) embedded.set(number, [...(embedded.get(number) ?? []), { path: rest, field }]);
    else if (fields.has(number)) throw new Error(`protobuf: two fields have the number ${number}`);
    else fields.set(number, field);
  }
  for (const [number, inner] of embedded) fields.set(number, { kind: 'embedded', members: collect(inner) });
  return fields;
}

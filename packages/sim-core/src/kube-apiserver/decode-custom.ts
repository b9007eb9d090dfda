import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { type DecodeError, formatPath } from '../apimachinery/schema/decode-error.ts';
import { decodeStrict } from '../apimachinery/schema/decode-strict.ts';
import type { Schema, StructType } from '../apimachinery/schema/types.ts';
import { isObject, type Json } from '../apimachinery/structural-schema/json-schema.ts';
import type { StructuralSchema } from '../apimachinery/structural-schema/structural-schema.ts';
import { shapeObject } from './shape-object.ts';

/** A decoded object, and what a strict decoder has against it. */
export interface DecodedCustom {
  readonly object: KubeObject;
  readonly errors: readonly DecodeError[];
}

/** A kind that has metadata like every other: its metadata is decoded as that of all. */
const TYPICAL = Object.freeze({ apiVersion: 'v1', kind: 'ConfigMap' });

/**
 * An object of a custom kind as the API server takes it: metadata is decoded as everywhere, what the schema does not name is
 * taken off, what it gives is filled in (apiextensions-apiserver/pkg/apiserver/customresource_handler.go,
 * schemaCoercingDecoder).
 */
export function decodeCustom(schema: Schema, structural: StructuralSchema, value: Json): DecodedCustom {
  const metadata = value.metadata ?? {};
  const errors = decodeStrict(schema, TYPICAL.apiVersion, TYPICAL.kind, { metadata }).errors;
  const { value: pruned, unknown } = structural.prune(value);
  const strangers = unknown.map((path): DecodeError => {
    const field = formatPath(path);
    return { reason: 'UnknownField', message: `unknown field "${field}"`, field, path };
  });
  const object = structural.withDefaults({ ...pruned, metadata: metadataOf(schema, metadata) });
  return { object: object as unknown as KubeObject, errors: [...strangers, ...errors] };
}

function metadataOf(schema: Schema, metadata: unknown): unknown {
  const type = schema.kind(TYPICAL.apiVersion, TYPICAL.kind);
  return type === undefined || !isObject(metadata) ? {} : shapeObject(type, { metadata }).metadata;
}

/** The type of a kind, for server-side apply and for patches; undefined where none is known. */
export function typeOfKind(schema: Schema, kind: Kind, apiVersion: string): StructType | undefined {
  if (kind.structural === undefined) return schema.kind(apiVersion, kind.kind);
  const objectMeta = schema.kind(TYPICAL.apiVersion, TYPICAL.kind)?.fields.get('metadata')?.type;
  return objectMeta && kind.structural.type(objectMeta);
}

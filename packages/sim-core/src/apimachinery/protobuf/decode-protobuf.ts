import { goQuote } from '../go-syntax.ts';
import type { Schema, StructType } from '../schema/types.ts';
import { MessageDecoder } from './message-decoder.ts';
import type { ProtobufFields } from './message-fields.ts';
import { ProtobufError, type TypeMeta } from './protobuf-error.ts';
import { decodeText, eachField, expectWireType } from './scalar-messages.ts';
import { WIRE } from './wire-reader.ts';

/** The media type of Kubernetes' protobuf. */
export const PROTOBUF_MEDIA_TYPE = 'application/vnd.kubernetes.protobuf';

/** `k8s` and a zero byte, with which every body begins. */
const PREFIX: readonly number[] = Object.freeze([0x6b, 0x38, 0x73, 0x00]);

/** A decoded body; `object` is what a JSON body would have held, apiVersion and kind included. */
export interface DecodedProtobuf extends TypeMeta {
  readonly object: Readonly<Record<string, unknown>>;
}

/**
 * Decodes a request body. `expected` stands in for what the body leaves out of its apiVersion and kind.
 * @throws ProtobufError, in the words of the API server's serializer (runtime/serializer/protobuf/protobuf.go)
 */
export type ProtobufDecoder = (bytes: Uint8Array, expected?: TypeMeta) => DecodedProtobuf;

/** A decoder for the kinds of a schema whose field numbers are in the table. */
export function createProtobufDecoder(schema: Schema, fields: ProtobufFields): ProtobufDecoder {
  const messages = new MessageDecoder(fields);
  return (bytes, expected) => {
    const unknown = readUnknown(withoutPrefix(bytes));
    const typeMeta = typeMetaOf(unknown, expected);
    const type = typeOf(schema, typeMeta);
    if (type === undefined || !messages.knows(type)) throw new ProtobufError(notRegistered(typeMeta), typeMeta);
    return { ...typeMeta, object: decodeObject(messages, type, unknown.raw, typeMeta) };
  };
}

function decodeObject(messages: MessageDecoder, type: StructType, raw: Uint8Array, typeMeta: TypeMeta) {
  try {
    return messages.decode(type, raw, { ...typeMeta });
  } catch (error) {
    throw error instanceof ProtobufError ? new ProtobufError(error.message, typeMeta) : error;
  }
}

/** Every group registers DeleteOptions in each of its versions (metav1.AddToGroupVersion). */
function typeOf(schema: Schema, { apiVersion, kind }: TypeMeta): StructType | undefined {
  return schema.kind(kind === 'DeleteOptions' ? 'v1' : apiVersion, kind);
}

function withoutPrefix(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new ProtobufError('empty data');
  if (!PREFIX.every((byte, index) => bytes[index] === byte)) {
    const prefix = PREFIX.join(' ');
    throw new ProtobufError(`provided data does not appear to be a protobuf message, expected prefix [${prefix}]`);
  }
  if (bytes.length === PREFIX.length) throw new ProtobufError('empty body');
  return bytes.subarray(PREFIX.length);
}

interface Unknown extends TypeMeta {
  readonly raw: Uint8Array;
}

/** runtime.Unknown: typeMeta 1, raw 2. Its contentEncoding and contentType say nothing that a decoder asks for. */
function readUnknown(bytes: Uint8Array): Unknown {
  let typeMeta: TypeMeta = { apiVersion: '', kind: '' };
  let raw: Uint8Array = new Uint8Array();
  eachField('Unknown', bytes, (number, wireType, reader) => {
    if (number > 2) return false;
    expectWireType(wireType, WIRE.bytes, number === 1 ? 'typeMeta' : 'raw');
    if (number === 1) typeMeta = readTypeMeta(reader.bytes());
    else raw = reader.bytes();
    return true;
  });
  return { ...typeMeta, raw };
}

function readTypeMeta(bytes: Uint8Array): TypeMeta {
  const read = { apiVersion: '', kind: '' };
  eachField('TypeMeta', bytes, (number, wireType, reader) => {
    if (number > 2) return false;
    expectWireType(wireType, WIRE.bytes, number === 1 ? 'APIVersion' : 'kind');
    read[number === 1 ? 'apiVersion' : 'kind'] = decodeText(reader.bytes());
    return true;
  });
  return read;
}

function typeMetaOf({ apiVersion, kind }: TypeMeta, expected: TypeMeta | undefined): TypeMeta {
  const meant = { apiVersion: apiVersion || (expected?.apiVersion ?? ''), kind: kind || (expected?.kind ?? '') };
  const body = `runtime.TypeMeta{APIVersion:${goQuote(apiVersion)}, Kind:${goQuote(kind)}}`;
  if (meant.kind === '') throw new ProtobufError(`Object 'Kind' is missing in '${body}'`);
  if (meant.apiVersion === '') throw new ProtobufError(`Object 'apiVersion' is missing in '${body}'`);
  return meant;
}

function notRegistered({ apiVersion, kind }: TypeMeta): string {
  return `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;
}

import { JsonSyntaxError, scanJson } from '../apimachinery/json-scanner.ts';
import { apiVersionOf, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { ProtobufError } from '../apimachinery/protobuf/protobuf-error.ts';
import { cannotBeHandledAs, type DecodeError } from '../apimachinery/schema/decode-error.ts';
import { decodeStrict } from '../apimachinery/schema/decode-strict.ts';
import type { Schema } from '../apimachinery/schema/types.ts';
import { newBadRequest, newUnsupportedMediaType, type StatusError } from '../apimachinery/status-error.ts';
import { type Codec, UndecodableError } from './decode.ts';
import { decodeCustom } from './decode-custom.ts';
import { shapeObject } from './shape-object.ts';
import { storedKind } from './stored-version.ts';

/** What to do about fields that the server does not know (the fieldValidation parameter). */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** A body read as a value, before anybody asks what kind it is. */
export interface BodyValue {
  readonly value: unknown;
  /** What a strict decoder says of the text itself: keys that stand twice. */
  readonly strictErrors: readonly string[];
}

/** Reads bodies of one media type. @throws Error whose message says what is wrong, in the real decoder's words */
export type BodyReader = (body: Uint8Array) => BodyValue;

/** Readers of bodies by media type; what this room cannot read itself is handed in. */
export type BodyReaders = Readonly<Record<string, BodyReader>>;

/** An object from a request, and what the client is to be warned of. */
export interface DecodedBody {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

const UTF8 = new TextDecoder();
const HEX_SHOWN = 30;

/** JSON bodies, read as Go reads them. */
export function readJson(body: Uint8Array): BodyValue {
  const text = UTF8.decode(body);
  const duplicates = scanJson(text);
  return { value: JSON.parse(text), strictErrors: duplicates.map((path) => `duplicate field "${path}"`) };
}

/**
 * Decodes the body of a write to the endpoint of `kind`.
 * @param contentType '' counts as JSON
 * @throws StatusError BadRequest, UnsupportedMediaType in the API server's words (endpoints/handlers/create.go, rest.go)
 */
export function decodeBody(
  codec: Codec & { readonly readers: BodyReaders },
  kind: Kind,
  { body, contentType }: { readonly body: Uint8Array; readonly contentType: string },
  validation: FieldValidation,
): DecodedBody {
  const { value, strictErrors } = readBody(codec.readers, kind.kind, body, contentType);
  return decodeValue(codec, kind, value, strictErrors, validation);
}

/** @throws StatusError BadRequest, UnsupportedMediaType */
export function readBody(readers: BodyReaders, expected: string, body: Uint8Array, contentType: string): BodyValue {
  const mediaType = (contentType.split(';')[0] as string).trim().toLowerCase() || 'application/json';
  const read = Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
  if (read === undefined) throw newUnsupportedMediaType(Object.keys(readers));
  try {
    const { value, strictErrors } = read(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value, strictErrors };
    throw new JsonSyntaxError(noObject(value));
  } catch (error) {
    if (error instanceof ProtobufError) throw undecodableProtobuf(expected, error, body);
    throw unrecognized(expected, `couldn't get version/kind; json parse error: ${messageOf(error)}`, body);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function undecodableProtobuf(expected: string, { message, typeMeta }: ProtobufError, body: Uint8Array): StatusError {
  if (typeMeta === undefined) return unrecognized(expected, message, body);
  const version = typeMeta.apiVersion.slice(typeMeta.apiVersion.indexOf('/') + 1);
  return newBadRequest(`${typeMeta.kind} in version "${version}" cannot be handled as a ${expected}: ${message}`);
}

/** @throws StatusError BadRequest */
export function decodeValue(
  codec: Codec,
  kind: Kind,
  value: unknown,
  strictErrors: readonly string[],
  validation: FieldValidation,
): DecodedBody {
  const sent = value as Readonly<Record<string, unknown>>;
  const apiVersion =
    typeof sent.apiVersion === 'string' && sent.apiVersion !== '' ? sent.apiVersion : apiVersionOf(kind);
  const name = typeof sent.kind === 'string' && sent.kind !== '' ? sent.kind : kind.kind;
  refuseOtherKind(codec, kind, apiVersion, name);
  const typed = { ...sent, apiVersion, kind: name };
  const { object, errors, type } = decodeTyped(codec, kind, typed);
  const fatal = errors.filter(({ reason }) => reason !== 'UnknownField');
  if (fatal.length > 0) throw new UndecodableError(apiVersion, name, fatal, type);
  const complaints = [...strictErrors.map(asDecodeError), ...errors];
  if (validation === 'Strict' && complaints.length > 0) throw new UndecodableError(apiVersion, name, complaints, type);
  const warnings = validation === 'Warn' ? complaints.map(({ message }) => message) : [];
  return { object: object(), warnings };
}

/** What a strict decoder has against an object, and the object itself, which is only asked for when that is not much. */
function decodeTyped({ schema }: Codec, kind: Kind, typed: KubeObjectJson) {
  if (kind.structural !== undefined) {
    const { object, errors } = decodeCustom(schema, kind.structural, typed);
    return { errors, object: () => object, type: {} };
  }
  const type = schema.kind(typed.apiVersion, typed.kind);
  if (type === undefined) {
    const object = () => ({ ...typed, metadata: { ...(typed.metadata as object) } }) as unknown as KubeObject;
    return { errors: metadataErrors(schema, typed.metadata), object, type: {} };
  }
  const { errors } = decodeStrict(schema, typed.apiVersion, typed.kind, typed);
  return { errors, object: () => shapeObject(type, typed), type: { type } };
}

/** Of a kind without a schema only the metadata has to be as that of all. */
function metadataErrors(schema: Schema, metadata: unknown): readonly DecodeError[] {
  const { errors } = decodeStrict(schema, 'v1', 'Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata });
  return errors.filter(({ reason }) => reason !== 'UnknownField');
}

type KubeObjectJson = Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string };

function asDecodeError(message: string): DecodeError {
  return { reason: 'UnknownField', message, field: '', path: [] };
}

/** @throws StatusError BadRequest when the body is of another kind than the endpoint */
function refuseOtherKind({ scheme }: Codec, kind: Kind, apiVersion: string, name: string): void {
  const expected = apiVersionOf(kind);
  if (apiVersion === expected && name === kind.kind) return;
  const found = scheme.kind(apiVersion, name);
  if (found === undefined) {
    const message = `no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
    throw refusal(kind, apiVersion, name, message);
  }
  if (storedKind(found) === storedKind(kind)) {
    throw newBadRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  const from = `${found.version}.${found.kind}`;
  const to = `${kind.group === '' ? 'core' : kind.group.split('.')[0]}.${kind.kind}`;
  throw refusal(kind, apiVersion, name, `converting (${from}) to (${to}): unknown conversion`);
}

function refusal(kind: Kind, apiVersion: string, name: string, message: string): StatusError {
  const error: DecodeError = { reason: 'NoKind', message, field: 'kind', path: ['kind'] };
  return newBadRequest(cannotBeHandledAs(apiVersion, name, [error], kind.kind));
}

function noObject(value: unknown): string {
  const what = Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
  return `json: cannot unmarshal ${what} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
}

/** `transformDecodeError` of a body of which not even the kind can be read. */
function unrecognized(kind: string, error: string, body: Uint8Array): StatusError {
  return newBadRequest(`the object provided is unrecognized (must be of type ${kind}): ${error} (${summarize(body)})`);
}

/** The start of a body, as text where it is text (`summarizeData`). */
function summarize(body: Uint8Array): string {
  if (body.length === 0) return '<empty>';
  const start = body.subarray(0, HEX_SHOWN);
  const isText = start.every((byte) => byte >= 0x20 && byte < 0x7f);
  const shown = isText ? UTF8.decode(start) : Array.from(start, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return body.length > HEX_SHOWN ? `${shown} ...` : shown;
}

import { apiVersionOf, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { cannotBeHandledAs, type DecodeError } from '../apimachinery/schema/decode-error.ts';
import { decodeStrict } from '../apimachinery/schema/decode-strict.ts';
import type { Schema, StructType } from '../apimachinery/schema/types.ts';
import type { Scheme } from '../apimachinery/scheme.ts';
import { newBadRequest, StatusError } from '../apimachinery/status-error.ts';
import { decodeCustom } from './decode-custom.ts';
import { shapeObject } from './shape-object.ts';
import { type Nearest, UnknownKindError } from './unknown-kind.ts';

/** An object that the strict decoder refuses: the API server's 400, and each of its complaints with its path. */
export class UndecodableError extends StatusError {
  readonly errors: readonly DecodeError[];
  /** The type that it was decoded as, where the kind is known. */
  readonly type: StructType | undefined;

  constructor(
    apiVersion: string,
    kind: string,
    errors: readonly DecodeError[],
    { expectedKind = kind, type }: { expectedKind?: string; type?: StructType } = {},
  ) {
    super(newBadRequest(cannotBeHandledAs(apiVersion, kind, errors, expectedKind)).status);
    this.errors = errors;
    this.type = type;
  }
}

/** What decoding needs to know. */
export interface Codec {
  readonly scheme: Scheme;
  readonly schema: Schema;
  /** Finds the candidate that was probably meant by a word, for hints. */
  readonly nearest?: Nearest;
}

/** A decoded object with its kind and its type. */
export interface Decoded {
  readonly kind: Kind;
  /** Absent for custom kinds. */
  readonly type?: StructType;
  readonly object: KubeObject;
}

/**
 * Decodes one object strictly, as a write with fieldValidation=Strict does.
 * @throws UndecodableError, UnknownKindError, StatusError BadRequest
 */
export function decode(codec: Codec, value: unknown): Decoded {
  const { scheme, schema, nearest } = codec;
  const { apiVersion, kind: name } = typeMetaOf(value);
  const kind = scheme.kind(apiVersion, name) ?? refuseKind(apiVersion, name, codec);
  if (kind.structural !== undefined) return decodeOwn(codec, kind, value as Json);
  const type = schema.kind(apiVersion, name);
  if (type === undefined) throw new UnknownKindError(apiVersion, name, scheme.kinds, nearest);
  const { errors } = decodeStrict(schema, apiVersion, name, value);
  if (errors.length > 0) throw new UndecodableError(apiVersion, name, errors, { type });
  return { kind, type, object: shapeObject(type, value as Readonly<Record<string, unknown>>) };
}

type Json = Readonly<Record<string, unknown>>;

/** An object of a custom kind. @throws UndecodableError */
function decodeOwn({ schema }: Codec, kind: Kind, value: Json): Decoded {
  if (kind.structural === undefined) throw new TypeError(`${kind.kind} is no custom kind`);
  const { object, errors } = decodeCustom(schema, kind.structural, value);
  if (errors.length > 0) throw new UndecodableError(apiVersionOf(kind), kind.kind, errors);
  return { kind, object };
}

/** @throws StatusError BadRequest in kubectl's words (kubectl/pkg/validation/schema.go) */
function typeMetaOf(value: unknown): { apiVersion: string; kind: string } {
  const off = 'if you choose to ignore these errors, turn validation off with --validate=false';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw newBadRequest(`error validating data: invalid object to validate; ${off}`);
  }
  const { apiVersion, kind } = value as { apiVersion?: unknown; kind?: unknown };
  if (typeof apiVersion === 'string' && apiVersion !== '' && typeof kind === 'string' && kind !== '') {
    return { apiVersion, kind };
  }
  const given = Object.entries({ apiVersion, kind });
  const missing = given
    .filter(([, text]) => typeof text !== 'string' || text === '')
    .map(([field]) => `${field} not set`);
  const list = missing.length > 1 ? `[${missing.join(', ')}]` : missing.join('');
  throw newBadRequest(`error validating data: ${list}; ${off}`);
}

/** kubectl finds kinds without regard to case and lets the server refuse the wrong one. */
function refuseKind(apiVersion: string, name: string, { scheme, nearest }: Codec): never {
  const meant = scheme.kinds.find(
    (kind) => apiVersionOf(kind) === apiVersion && kind.kind.toLowerCase() === name.toLowerCase(),
  );
  if (meant === undefined) throw new UnknownKindError(apiVersion, name, scheme.kinds, nearest);
  const message = `no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  throw new UndecodableError(apiVersion, name, [{ reason: 'NoKind', message, field: 'kind', path: ['kind'] }], {
    expectedKind: meant.kind,
  });
}

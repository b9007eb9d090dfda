import { invalid } from '../../apimachinery/field-error.ts';
import { goJson } from '../../apimachinery/go-json.ts';
import { goString } from '../../apimachinery/go-syntax.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { apiVersionOf } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { jsonMergePatch } from '../../apimachinery/patch/json-merge-patch.ts';
import { isObject, type JsonObject } from '../../apimachinery/patch/json-object.ts';
import { strategicMergePatch } from '../../apimachinery/patch/strategic-merge-patch.ts';
import type { StructType } from '../../apimachinery/schema/types.ts';
import {
  newBadRequest,
  newInvalid,
  newUnknownError,
  newUnprocessable,
  StatusError,
} from '../../apimachinery/status-error.ts';
import { type Codec, UndecodableError } from '../decode.ts';
import { type DecodedBody, decodeValue, type FieldValidation, readJson } from '../decode-body.ts';
import { typeOfKind } from '../decode-custom.ts';
import { conversionError } from './conversion-error.ts';
import { applyJsonPatch } from './json-patch-body.ts';
import { JSON_PATCH, STRATEGIC_MERGE_PATCH } from './patch-types.ts';

/** A patch that changes what is there; see apply-patch.ts for the other one. */
export interface Patch {
  /** Of patch-types.ts. */
  readonly type: string;
  readonly body: Uint8Array;
  readonly validation: FieldValidation;
}

/** What a patch makes of an object, before it is decoded. */
export interface PatchedValue {
  readonly value: JsonObject;
  /** What is printed as the bad value when the result cannot be decoded. */
  readonly shown: string;
  readonly strictErrors: readonly string[];
}

/**
 * Patches an object and decodes what comes out (k8s.io/apiserver/pkg/endpoints/handlers/patch.go).
 * @param live the object as clients see it
 * @throws StatusError BadRequest for what is no patch, Invalid for one that does not fit, RequestEntityTooLarge
 */
export function patchObject(codec: Codec, kind: Kind, live: KubeObject, patch: Patch): DecodedBody {
  const type = typeOfKind(codec.schema, kind, apiVersionOf(kind));
  const patched = patchValue(type, live as unknown as JsonObject, patch);
  try {
    return decodeValue(codec, kind, patched.value, patched.strictErrors, patch.validation);
  } catch (error) {
    if (error instanceof UndecodableError) throw undecodable(type, error, patch, patched.shown);
    if (error instanceof StatusError) throw badPatch(patched.shown, error.message);
    throw error;
  }
}

/** @throws StatusError */
export function patchValue(type: StructType | undefined, live: JsonObject, patch: Patch): PatchedValue {
  if (patch.type === JSON_PATCH) {
    const { value, strictErrors } = applyJsonPatch(live, patch);
    return { value, shown: goJson(value), strictErrors };
  }
  const { value: body, strictErrors } = readPatch(patch);
  if (patch.type === STRATEGIC_MERGE_PATCH) {
    return { value: mergeStrategically(type, live, body), shown: goString(body), strictErrors };
  }
  const value = jsonMergePatch(live, body) as JsonObject;
  return { value, shown: goJson(value), strictErrors };
}

/** @throws StatusError BadRequest */
function readPatch({ type, body, validation }: Patch): { value: JsonObject; strictErrors: readonly string[] } {
  const prefix = type === STRATEGIC_MERGE_PATCH ? '' : 'error decoding patch: ';
  let read: ReturnType<typeof readJson>;
  try {
    read = readJson(body);
  } catch (error) {
    throw newBadRequest(`${prefix}${(error as Error).message}`);
  }
  const { value, strictErrors } = read;
  if (value === null) return { value: {}, strictErrors };
  if (isObject(value)) return { value, strictErrors: validation === 'Ignore' ? [] : strictErrors };
  throw newBadRequest(
    `${prefix}json: cannot unmarshal ${jsonType(value)} into Go value of type map[string]interface {}`,
  );
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const BAD_FORMAT = /^(invalid patch format of |strategic merge patch format is not supported|invalid JSON document)/;
const DOES_NOT_FIT = /^(lists of lists are not supported|patch content doesn't match retainKeys list)/;

/** interpretStrategicMergePatchError */
function mergeStrategically(type: StructType | undefined, live: JsonObject, body: JsonObject): JsonObject {
  try {
    return strategicMergePatch(type, live, body);
  } catch (error) {
    if (!(error instanceof StatusError) || BAD_FORMAT.test(error.message)) throw error;
    throw DOES_NOT_FIT.test(error.message) ? newUnprocessable() : newUnknownError(error.message);
  }
}

function undecodable(
  type: StructType | undefined,
  { errors }: UndecodableError,
  patch: Patch,
  shown: string,
): StatusError {
  const [first] = errors;
  if (first !== undefined && first.reason !== 'UnknownField') {
    const converted = patch.type === STRATEGIC_MERGE_PATCH && type !== undefined;
    return badPatch(shown, converted ? conversionError(type, first) : first.message);
  }
  return badPatch(shown, `strict decoding error: ${errors.map(({ message }) => message).join(', ')}`);
}

/** 422 ` "" is invalid: patch: Invalid value: …`: whose patch it is, upstream does not say. */
function badPatch(shown: string, message: string): StatusError {
  return newInvalid({ group: '', kind: '' }, '', [invalid('patch', shown, message)]);
}

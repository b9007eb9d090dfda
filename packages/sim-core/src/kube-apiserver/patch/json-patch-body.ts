import { isObject, type JsonObject } from '../../apimachinery/patch/json-object.ts';
import { JsonPatchError, type JsonPatchOperation, jsonPatch } from '../../apimachinery/patch/json-patch.ts';
import { newBadRequest, newRequestEntityTooLarge, newUnprocessable } from '../../apimachinery/status-error.ts';
import { readJson } from '../decode-body.ts';
import type { Patch } from './patch-object.ts';

const MAX_OPERATIONS = 10_000;
const STRINGS: readonly string[] = Object.freeze(['op', 'path', 'from']);
const MEMBERS: readonly string[] = Object.freeze([...STRINGS, 'value']);

/**
 * Carries out the body of a JSON patch (handlers/patch.go, applyJSPatch).
 * @throws StatusError BadRequest, RequestEntityTooLarge; Invalid without a reason when a step cannot be done
 */
export function applyJsonPatch(
  live: JsonObject,
  { body, validation }: Patch,
): { value: JsonObject; strictErrors: readonly string[] } {
  const { operations, strictErrors } = readOperations(body);
  if (operations.length > MAX_OPERATIONS) {
    const limit = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`;
    throw newRequestEntityTooLarge(limit);
  }
  try {
    const value = jsonPatch(live, operations) as JsonObject;
    return { value, strictErrors: validation === 'Ignore' ? [] : strictErrors };
  } catch (error) {
    if (error instanceof JsonPatchError) throw newUnprocessable();
    throw error;
  }
}

function readOperations(body: Uint8Array): { operations: readonly JsonPatchOperation[]; strictErrors: string[] } {
  try {
    const { value, strictErrors } = readJson(body);
    if (value === null) return { operations: [], strictErrors: [] };
    if (!Array.isArray(value)) throw cannotUnmarshal(value, 'value of type []handlers.jsonPatchOp');
    const unknown = value.flatMap(checkOperation);
    const errors = [...strictErrors, ...unknown].map((error) => `json patch ${error}`);
    return { operations: value as readonly JsonPatchOperation[], strictErrors: errors };
  } catch (error) {
    throw newBadRequest(`error decoding patch: ${(error as Error).message}`);
  }
}

/** What a strict decoder says of members that no operation has. @throws Error when it is no operation at all */
function checkOperation(operation: unknown, index: number): string[] {
  if (!isObject(operation)) throw cannotUnmarshal(operation, 'value of type handlers.jsonPatchOp');
  for (const name of STRINGS) {
    const value = operation[name] ?? '';
    if (typeof value !== 'string') throw cannotUnmarshal(value, `struct field jsonPatchOp.${name} of type string`);
  }
  const strangers = Object.keys(operation).filter((name) => !MEMBERS.includes(name));
  return strangers.map((name) => `unknown field "[${index}].${name}"`);
}

function cannotUnmarshal(value: unknown, target: string): Error {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return new Error(`json: cannot unmarshal ${found} into Go ${target}`);
}

import { goQuote } from '../../../apimachinery/go-syntax.ts';
import { apiVersionOf, type Kind } from '../../../apimachinery/kind.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import { JsonPatchError, type JsonPatchOperation, jsonPatch } from '../../../apimachinery/patch/json-patch.ts';
import { decodeStrict } from '../../../apimachinery/schema/decode-strict.ts';
import type { Schema } from '../../../apimachinery/schema/types.ts';
import { newInternalError } from '../../../apimachinery/status-error.ts';
import { decodeCustom } from '../../decode-custom.ts';
import { scaleAccess } from '../../scale-object.ts';
import { shapeObject } from '../../shape-object.ts';
import { toStored } from '../../stored-version.ts';
import type { AdmissionRequest } from '../admission.ts';
import { objectsOf } from './admission-review.ts';
import type { Invocation } from './invocation.ts';
import { CallFailure } from './review-response.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Puts the patch of a webhook into the object of a write (mutating/dispatcher.go, the end of callAttrMutatingHook).
 * @param encoded base64 of a JSON patch
 * @throws CallFailure for what is no patch; StatusError InternalError for one that does not fit
 */
export function mutate(schema: Schema, invocation: Invocation, request: AdmissionRequest, encoded: string): void {
  const operations = decodePatch(encoded);
  if (operations.length === 0) return;
  const { object } = objectsOf(invocation, request);
  if (object === null) {
    const name = goQuote(invocation.hook.webhook.name);
    throw newInternalError(
      `admission webhook ${name} attempted to modify the object, which is not supported for this operation`,
    );
  }
  const patched = patch(object, operations);
  if (request.subresource === 'scale') scale(request, patched);
  else replace(request.object, toStored(invocation.kind, decodePatched(schema, invocation.kind, patched)));
}

/** @throws CallFailure */
function decodePatch(encoded: string): readonly JsonPatchOperation[] {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const operations: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(operations)) return operations;
    throw new TypeError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  } catch (error) {
    throw new CallFailure(`received undecodable patch in webhook response: ${(error as Error).message}`);
  }
}

/** @throws StatusError InternalError */
function patch(object: unknown, operations: readonly JsonPatchOperation[]): Json {
  try {
    return jsonPatch(object, operations) as Json;
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw newInternalError(error.message);
  }
}

/** The patched object as a decoder that is not strict reads it, with its defaults. @throws StatusError InternalError */
function decodePatched(schema: Schema, kind: Kind, value: Json): KubeObject {
  const object = decodeLoosely(schema, kind, value);
  kind.setDefaults?.(object);
  return object;
}

function decodeLoosely(schema: Schema, kind: Kind, value: Json): KubeObject {
  if (kind.structural !== undefined) return decodeCustom(schema, kind.structural, value).object;
  const apiVersion = apiVersionOf(kind);
  const type = schema.kind(apiVersion, kind.kind);
  if (type === undefined) throw newInternalError(`no kind ${goQuote(kind.kind)} is registered`);
  const { errors } = decodeStrict(schema, apiVersion, kind.kind, value);
  const wrong = errors.find(({ reason }) => reason !== 'UnknownField');
  if (wrong !== undefined) throw newInternalError(wrong.message);
  return shapeObject(type, value);
}

function scale({ kind, object }: AdmissionRequest, patched: Json): void {
  const { replicas } = (patched['spec'] ?? {}) as { replicas?: unknown };
  if (typeof replicas !== 'number') return;
  replace(object, scaleAccess(kind).withReplicas(object, replicas));
}

/** The object of a request is one from beginning to end. */
function replace(object: KubeObject, by: KubeObject): void {
  for (const member of Object.keys(object)) delete (object as unknown as Record<string, unknown>)[member];
  Object.assign(object, by);
}

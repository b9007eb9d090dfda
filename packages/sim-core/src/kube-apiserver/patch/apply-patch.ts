import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import { rootPlace } from '../../apimachinery/managed-fields/structure.ts';
import { joinTypedErrors, typedErrors } from '../../apimachinery/managed-fields/typed-errors.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { isObject, type JsonObject } from '../../apimachinery/patch/json-object.ts';
import { decodeStrict } from '../../apimachinery/schema/decode-strict.ts';
import { newBadRequest, newUnknownError } from '../../apimachinery/status-error.ts';
import type { Codec } from '../decode.ts';
import type { BodyReaders, BodyValue, DecodedBody } from '../decode-body.ts';
import { decodeCustom, typeOfKind } from '../decode-custom.ts';
import type { ApplyOptions, ManagedFields } from '../managed-fields/managed-fields.ts';
import { shapeObject } from '../shape-object.ts';
import { conversionError } from './conversion-error.ts';
import type { Patch } from './patch-object.ts';

/** What server-side apply works with. */
export interface ApplyParts {
  readonly codec: Codec & { readonly readers: BodyReaders };
  readonly managedFields: ManagedFields;
}

/**
 * Server-side apply (handlers/patch.go, applyPatcher): the configuration merged into the object, or a new object; its
 * metadata.managedFields are those to store.
 * @param live the object as the version of the request has it; undefined: there is none
 * @throws StatusError BadRequest, Conflict; without a reason when the configuration is not of its type
 */
export function applyPatch(
  { codec, managedFields }: ApplyParts,
  kind: Kind,
  live: KubeObject | undefined,
  patch: Patch,
  options: ApplyOptions,
): DecodedBody {
  const { value, strictErrors } = readConfig(codec.readers, patch.body);
  const config = value as JsonObject;
  checkConfig(codec, kind, config);
  const applied = managedFields.apply(kind, live, config, options);
  if (patch.validation === 'Strict' && strictErrors.length > 0) {
    throw newBadRequest(`error strict decoding YAML: error converting YAML to JSON: ${strictErrors.join(', ')}`);
  }
  const object = decodeApplied(codec, kind, applied.object, config);
  const metadata = { ...object.metadata, managedFields: (applied.managedFields ?? []) as unknown[] };
  return { object: { ...object, metadata }, warnings: patch.validation === 'Warn' ? strictErrors : [] };
}

/** @throws StatusError BadRequest */
function readConfig(readers: BodyReaders, body: Uint8Array): BodyValue {
  let read: BodyValue | undefined;
  try {
    read = readers['application/yaml']?.(body);
  } catch (error) {
    throw newBadRequest(`error decoding YAML: ${(error as Error).message}`);
  }
  const { value = null, strictErrors = [] } = read ?? {};
  if (value === null) return { value: {}, strictErrors };
  if (isObject(value)) return { value: { ...value, metadata: value.metadata ?? {} }, strictErrors };
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const target = 'Go value of type map[string]interface {}';
  throw newBadRequest(
    `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into ${target}`,
  );
}

/** What versioncheck.go and structuredmerge.go ask of a configuration. @throws StatusError */
function checkConfig({ schema }: Codec, kind: Kind, config: JsonObject): void {
  if (config.apiVersion !== apiVersionOf(kind) || config.kind !== kind.kind) {
    throw newBadRequest(`invalid object type: ${groupVersionKind(config)}`);
  }
  const { managedFields } = isObject(config.metadata) ? config.metadata : {};
  if (managedFields !== undefined && managedFields !== null) throw newBadRequest('metadata.managedFields must be nil');
  const errors = typedErrors(rootPlace(typeOfKind(schema, kind, apiVersionOf(kind))), config);
  if (errors.length > 0) {
    throw newUnknownError(`failed to create typed patch object (${identityOf(config)}): ${joinTypedErrors(errors)}`);
  }
}

/** @throws StatusError when a value is of the right form and still none of its type, such as a quantity */
function decodeApplied({ schema }: Codec, kind: Kind, value: JsonObject, config: JsonObject): KubeObject {
  if (kind.structural !== undefined) return decodeCustom(schema, kind.structural, value).object;
  const type = schema.kind(apiVersionOf(kind), kind.kind);
  if (type === undefined) return value as unknown as KubeObject;
  const [first] = decodeStrict(schema, apiVersionOf(kind), kind.kind, value).errors;
  if (first !== undefined) {
    const why = `unable to convert unstructured object to ${groupVersionKind(config)}: ${conversionError(type, first)}`;
    throw newUnknownError(`failed to convert new object (${identityOf(config)}) to proper version: ${why}`);
  }
  return shapeObject(type, value);
}

/** `default/web; apps/v1, Kind=Deployment` */
function identityOf(config: JsonObject): string {
  const { namespace = '', name = '' } = (isObject(config.metadata) ? config.metadata : {}) as JsonObject;
  return `${namespace}/${name}; ${groupVersionKind(config)}`;
}

/** schema.GroupVersionKind as Go prints it; the core group leaves the place before the slash empty. */
function groupVersionKind({ apiVersion, kind }: JsonObject): string {
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  return `${version.includes('/') ? version : `/${version}`}, Kind=${typeof kind === 'string' ? kind : ''}`;
}

import { goJson } from '../apimachinery/go-json.ts';
import { groupResource, type Kind } from '../apimachinery/kind.ts';
import { LAST_APPLIED } from '../apimachinery/managed-fields/last-applied.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import { threeWayMerge } from '../apimachinery/patch/three-way-merge.ts';
import { newBadRequest } from '../apimachinery/status-error.ts';
import type { Store } from '../etcd/store.ts';
import { carryWarnings } from './carry-warnings.ts';
import { type Codec, type Decoded, decode } from './decode.ts';
import { CLIENT_SIDE_APPLY } from './managed-fields/component.ts';
import type { Registry } from './registry.ts';
import { shapeObject } from './shape-object.ts';
import { served, storedKind, toStored } from './stored-version.ts';
import type { WriteOptions } from './write-options.ts';

/** How to apply. */
export interface ApplyOptions extends Partial<Pick<WriteOptions, 'user' | 'dryRun'>> {
  /** kubectl's `-n`: objects that name another namespace are refused. Without it they go where they say, or to `default`. */
  namespace?: string;
}

/** What applying one object did. */
export interface ApplyResult {
  readonly action: 'created' | 'configured' | 'unchanged';
  readonly kind: Kind;
  /** The object as it is stored now; in a dry run, as it would be. */
  readonly object: KubeObject;
  /** What the API server and kubectl warn of. */
  readonly warnings: readonly string[];
}

/** What the applier is built from. */
export interface ApplierParts {
  registry: Registry;
  store: Store;
  codec: Codec;
}

const DEFAULT_NAMESPACE = 'default';
const DEFAULT_USER = 'kubernetes-admin';

/** `kubectl apply` (client-side) of one decoded document at a time (kubectl/pkg/cmd/apply/apply.go). */
export class Applier {
  readonly #parts: ApplierParts;

  constructor(parts: ApplierParts) {
    this.#parts = parts;
  }

  /**
   * Creates the object, or merges it into the stored one: what it says wins, what the last manifest said and this one
   * no longer does goes, what others have set stays.
   * @throws StatusError with the API server's or kubectl's words; UndecodableError and UnknownKindError tell more
   */
  apply(value: unknown, options: ApplyOptions = {}): ApplyResult {
    const decoded = decode(this.#parts.codec, value);
    const { kind, object } = decoded;
    const metadata = namedMeta(kind, object.metadata, options.namespace);
    const manifest = { ...(value as KubeObject), metadata: { ...(value as KubeObject).metadata, ...metadata } };
    const { namespace = '', name } = metadata;
    const stored = this.#parts.store.get(groupResource(kind), namespace, name);
    const live = stored && served(kind, stored);
    return live === undefined
      ? this.#create(decoded, manifest, metadata, options)
      : this.#merge(decoded, manifest, live, options);
  }

  /** Decodes a document without applying it. @throws UndecodableError, UnknownKindError, StatusError BadRequest */
  decode(value: unknown): Decoded {
    return decode(this.#parts.codec, value);
  }

  #create({ kind, object }: Decoded, manifest: KubeObject, metadata: ObjectMeta, options: ApplyOptions): ApplyResult {
    const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: lastAppliedOf(manifest) };
    const sent = { ...object, metadata: { ...object.metadata, ...metadata, annotations } };
    const said: string[] = [];
    const created = carryWarnings(said, () =>
      this.#parts.registry.create(storedKind(kind), toStored(kind, sent), createOptions(kind, options, said)),
    );
    return { action: 'created', kind, object: created, warnings: [...said, ...warningsOf(kind, created)] };
  }

  #merge({ kind, type }: Decoded, manifest: KubeObject, live: KubeObject, options: ApplyOptions): ApplyResult {
    const last = live.metadata.annotations?.[LAST_APPLIED];
    const annotations = { ...manifest.metadata.annotations, [LAST_APPLIED]: lastAppliedOf(manifest) };
    const modified = { ...manifest, metadata: { ...manifest.metadata, annotations } };
    const { patch, merged } = threeWayMerge(type, parse(last), asJson(live), asJson(modified));
    const warnings = [...mergeWarnings(kind, live, last)];
    if (Object.keys(patch).length === 0) return { action: 'unchanged', kind, object: live, warnings };
    const sent = type === undefined ? decode(this.#parts.codec, merged).object : shapeObject(type, merged);
    const object = carryWarnings(warnings, () =>
      this.#parts.registry.update(storedKind(kind), toStored(kind, sent), writeOptions(kind, options, warnings)),
    );
    return { action: 'configured', kind, object, warnings: [...warnings, ...warningsOf(kind, object, live)] };
  }
}

/** What the API server warns of at every write of this object. */
function warningsOf(kind: Kind, object: KubeObject, old?: KubeObject): string[] {
  return [...(kind.deprecation === undefined ? [] : [kind.deprecation]), ...(kind.warnings?.(object, old) ?? [])];
}

/** That `kubectl apply` made an object its annotation tells whoever asks who owns its fields. */
function createOptions(
  kind: Kind,
  { user = DEFAULT_USER, dryRun = false }: ApplyOptions,
  said: string[],
): WriteOptions {
  return { user, dryRun, requestKind: kind, warn: (text) => said.push(text) };
}

function writeOptions(kind: Kind, options: ApplyOptions, said: string[]): WriteOptions {
  return { ...createOptions(kind, options, said), fieldManager: CLIENT_SIDE_APPLY };
}

/** Name and namespace as the request has them. @throws StatusError BadRequest in kubectl's words */
function namedMeta(kind: Kind, meta: ObjectMeta, wanted: string | undefined): ObjectMeta {
  if (!meta.name && meta.generateName) {
    throw newBadRequest(`from ${meta.generateName}: cannot use generate name with apply`);
  }
  if (!meta.name) throw newBadRequest('resource name may not be empty');
  if (!kind.namespaced) return { name: meta.name };
  if (wanted !== undefined && meta.namespace && meta.namespace !== wanted) {
    throw newBadRequest(
      `the namespace from the provided object "${meta.namespace}" does not match the namespace "${wanted}". You must pass '--namespace=${meta.namespace}' to perform this operation.`,
    );
  }
  return { name: meta.name, namespace: meta.namespace || wanted || DEFAULT_NAMESPACE };
}

/** The manifest as the annotation holds it: without the annotation itself (kubectl/pkg/util/apply.go). */
export function lastAppliedOf(manifest: KubeObject): string {
  const { [LAST_APPLIED]: _self, ...annotations } = manifest.metadata.annotations ?? {};
  return `${goJson({ ...manifest, metadata: { ...manifest.metadata, annotations } })}\n`;
}

/** @throws StatusError BadRequest when somebody has spoilt the annotation */
function parse(lastApplied: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (lastApplied === undefined) return undefined;
  try {
    return JSON.parse(lastApplied);
  } catch {
    throw newBadRequest(`the annotation ${LAST_APPLIED} of the stored object is no JSON; remove it and apply again`);
  }
}

function asJson(object: KubeObject): Readonly<Record<string, unknown>> {
  return object as unknown as Readonly<Record<string, unknown>>;
}

function mergeWarnings({ resource }: Kind, { metadata }: KubeObject, lastApplied: string | undefined): string[] {
  const what = `${resource}/${metadata.name}`;
  const missing = `resource ${what} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;
  const leaving = `Detected changes to resource ${metadata.name} which is currently being deleted.`;
  return [
    ...(lastApplied === undefined ? [missing] : []),
    ...(metadata.deletionTimestamp === undefined ? [] : [leaving]),
  ];
}

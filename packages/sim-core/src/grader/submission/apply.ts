import { goJson } from '../../apimachinery/go-json.ts';
import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { type Fields, isFields, type Manifest, type ManifestDocument } from '../../manifest/document.ts';
import { type Discovery, pathOf, type Resource } from '../api/discovery.ts';
import type { KubernetesAnswer, Target } from '../target/target.ts';

/** Which object of the cluster a document is. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for what has none. */
  readonly namespace: string;
  readonly name: string;
}

/** Why the API server took something not. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  /** Fields that it complained about. */
  readonly fields: readonly string[];
}

/** What became of a document. */
export interface AppliedDocument {
  readonly document: ManifestDocument;
  readonly key: ObjectKey;
  readonly refusal?: Refusal;
}

/** Where objects go that name no namespace. */
export interface ApplyOptions {
  readonly namespace: string;
}

/** Turns that documents get which were refused because something else was not there yet, and how long to wait between. */
const ROUNDS = 8;
const BETWEEN_ROUNDS = 2_000;
/** As `kubectl apply` calls itself. */
const MANAGER = 'kubectl-client-side-apply';
const MERGE_PATCH = 'application/merge-patch+json';
/** What comes first, whatever the order of files: the order never matters here. */
const FIRST: readonly string[] = Object.freeze(['Namespace', 'CustomResourceDefinition', 'IngressClass']);
const TOO_EARLY = /^(namespaces "[^"]+" not found$|no matches for kind )|failed calling webhook/;

/**
 * Applies documents through the API, whatever their order: what is refused only because something else is not there yet is
 * tried again. A refused document stops no other.
 */
export async function applyDocuments(
  target: Target,
  discovery: Discovery,
  documents: readonly ManifestDocument[],
  options: ApplyOptions,
): Promise<AppliedDocument[]> {
  const applied = new Map<ManifestDocument, AppliedDocument>();
  let left = [...documents].sort((a, b) => rank(a) - rank(b));
  for (let round = 0; left.length > 0 && round < ROUNDS; round++) {
    if (round > 0) await target.wait(BETWEEN_ROUNDS);
    for (const document of left) applied.set(document, await applyOne(target, discovery, document, options));
    left = left.filter((document) => TOO_EARLY.test(applied.get(document)?.refusal?.message ?? ''));
  }
  return documents.flatMap((document) => applied.get(document) ?? []);
}

function rank({ value }: ManifestDocument): number {
  const place = FIRST.indexOf(value.kind);
  return place < 0 ? FIRST.length : place;
}

async function applyOne(
  target: Target,
  discovery: Discovery,
  document: ManifestDocument,
  { namespace: fallback }: ApplyOptions,
): Promise<AppliedDocument> {
  const { value } = document;
  const { apiVersion, kind } = value;
  const metadata = isFields(value['metadata']) ? value['metadata'] : {};
  const name = typeof metadata['name'] === 'string' ? metadata['name'] : '';
  const resource = await discovery.find(apiVersion, kind);
  const namespace = resource?.namespaced === false ? '' : String(metadata['namespace'] ?? fallback);
  const key = { apiVersion, kind, namespace, name };
  if (resource === undefined) return { document, key, refusal: noMatch(apiVersion, kind) };
  if (name === '') return { document, key, refusal: NO_NAME };
  const answer = await write(target, resource, key, value);
  return answer.status < 300 ? { document, key } : { document, key, refusal: refusalOf(answer) };
}

/** Creates the object, or merges it into one that the scenario has put there. */
async function write(target: Target, resource: Resource, key: ObjectKey, value: Manifest): Promise<KubernetesAnswer> {
  const query = `?fieldManager=${MANAGER}&fieldValidation=Strict`;
  const created = await target.kubernetes(
    'POST',
    `${pathOf(resource, key.namespace)}${query}`,
    withLastApplied(value, key.namespace),
  );
  if (created.status !== 409) return created;
  return applyOver(target, resource, key, value);
}

/** As kubectl applies over an object: what the last manifest said and this one no longer does goes, what others set stays. */
async function applyOver(
  target: Target,
  resource: Resource,
  { namespace, name }: ObjectKey,
  value: Manifest,
): Promise<KubernetesAnswer> {
  const path = pathOf(resource, namespace, name);
  const live = await target.kubernetes('GET', path);
  if (live.status !== 200 || !isFields(live.body)) return live;
  const modified = withLastApplied(value, namespace);
  const { patch } = threeWayMerge(undefined, lastAppliedIn(live.body), live.body, modified);
  if (Object.keys(patch).length === 0) return live;
  return target.kubernetes('PATCH', `${path}?fieldManager=${MANAGER}&fieldValidation=Strict`, patch, MERGE_PATCH);
}

function lastAppliedIn({ metadata }: Fields): Fields | undefined {
  const annotations = isFields(metadata) ? metadata['annotations'] : undefined;
  const text = isFields(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const last: unknown = JSON.parse(text);
    return isFields(last) ? last : undefined;
  } catch {
    return undefined;
  }
}

/** kubectl's own note of what was applied: what reads it later finds it where it looks. */
function withLastApplied(value: Manifest, namespace: string): Manifest {
  const placed = inNamespace(value, namespace);
  const metadata = placed['metadata'] as Readonly<Record<string, unknown>>;
  const { annotations } = metadata;
  // Annotations of a wrong type are the API server's to complain about.
  if (annotations !== undefined && annotations !== null && !isFields(annotations)) return placed;
  const { [LAST_APPLIED]: _old, ...own } = annotations ?? {};
  const noted = { ...placed, metadata: { ...metadata, annotations: own } };
  return { ...placed, metadata: { ...metadata, annotations: { ...own, [LAST_APPLIED]: `${goJson(noted)}\n` } } };
}

function inNamespace(value: Manifest, namespace: string): Manifest {
  const metadata = isFields(value['metadata']) ? value['metadata'] : {};
  return { ...value, metadata: { ...metadata, ...(namespace !== '' && { namespace }) } };
}

function refusalOf({ status, body }: KubernetesAnswer): Refusal {
  const { message, reason, details } = isFields(body) ? body : { message: String(body), reason: '', details: {} };
  const causes = isFields(details) && Array.isArray(details['causes']) ? (details['causes'] as unknown[]) : [];
  const fields = causes.flatMap((cause) =>
    isFields(cause) && typeof cause['field'] === 'string' ? [cause['field']] : [],
  );
  return { reason: String(reason || status), message: String(message ?? `the API server answered ${status}`), fields };
}

function noMatch(apiVersion: string, kind: string): Refusal {
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  return { reason: 'NotFound', message, fields: ['kind'] };
}

const NO_NAME: Refusal = Object.freeze({
  reason: 'Invalid',
  message: 'resource name may not be empty',
  fields: Object.freeze(['metadata.name']),
});

import { isFields, type Manifest, type ManifestDocument } from '../../manifest/document.ts';
import type { Discovery } from '../api/discovery.ts';
import type { KubernetesAnswer, Target } from '../target/target.ts';
import { namesIn, type ObjectKey } from './object-key.ts';
import { writeObject } from './write-object.ts';

/** Why the API server took something not. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
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
  const { name } = namesIn(value);
  const resource = await discovery.find(apiVersion, kind);
  const namespace = resource?.namespaced === false ? '' : placeOf(value, fallback);
  const key = { apiVersion, kind, namespace, name };
  if (resource === undefined) return { document, key, refusal: noMatch(apiVersion, kind) };
  if (name === '') return { document, key, refusal: NO_NAME };
  const answer = await writeObject(target, resource, key, value);
  return answer.status < 300 ? { document, key } : { document, key, refusal: refusalOf(answer) };
}

/** What is no name of a namespace is the API server's to refuse. */
function placeOf({ metadata }: Manifest, fallback: string): string {
  return String((isFields(metadata) ? metadata['namespace'] : undefined) || fallback);
}

function refusalOf({ status, body }: KubernetesAnswer): Refusal {
  const { message, reason } = isFields(body) ? body : { message: String(body), reason: '' };
  return { reason: String(reason || status), message: String(message ?? `the API server answered ${status}`) };
}

function noMatch(apiVersion: string, kind: string): Refusal {
  return { reason: 'NotFound', message: `no matches for kind "${kind}" in version "${apiVersion}"` };
}

const NO_NAME: Refusal = Object.freeze({ reason: 'Invalid', message: 'resource name may not be empty' });

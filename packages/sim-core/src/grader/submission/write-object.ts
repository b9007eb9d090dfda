import { goJson } from '../../apimachinery/go-json.ts';
import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { type Fields, isFields, type Manifest } from '../../manifest/document.ts';
import { MERGE_PATCH, pathOf, type Resource } from '../api/discovery.ts';
import type { KubernetesAnswer, Target } from '../target/target.ts';
import type { ObjectKey } from './object-key.ts';

/** As `kubectl apply` calls itself, and how strict it asks to be judged. */
const QUERY = '?fieldManager=kubectl-client-side-apply&fieldValidation=Strict';

/** Creates the object, or merges it into one that the scenario has put there. */
export async function writeObject(
  target: Target,
  resource: Resource,
  key: ObjectKey,
  value: Manifest,
): Promise<KubernetesAnswer> {
  const path = `${pathOf(resource, key.namespace)}${QUERY}`;
  const created = await target.kubernetes('POST', path, withLastApplied(value, key.namespace));
  return created.status === 409 ? applyOver(target, resource, key, value) : created;
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
  return target.kubernetes('PATCH', `${path}${QUERY}`, patch, MERGE_PATCH);
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

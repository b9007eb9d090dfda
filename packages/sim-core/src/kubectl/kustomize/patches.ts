import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { type JsonPatchOperation, jsonPatch } from '../../apimachinery/patch/json-patch.ts';
import { strategicMergePatch } from '../../apimachinery/patch/strategic-merge-patch.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import { decodeText } from '../decode-text.ts';
import { decodeValue } from '../decode-value.ts';
import type { KubectlEnvironment } from '../environment.ts';
import type { JsonObject } from '../json.ts';
import { object, objects, strings, text, texts } from '../json.ts';
import { failure } from '../kubectl-error.ts';

/** Which objects a patch is for; empty fields match all. */
type Target = JsonObject;

/** Applies `patches`, and the older `patchesStrategicMerge` and `patchesJson6902`. */
export async function applyPatches(
  environment: KubectlEnvironment,
  folder: string,
  value: JsonObject,
  all: readonly JsonObject[],
): Promise<JsonObject[]> {
  let result = [...all];
  for (const entry of texts(value, 'patchesStrategicMerge')) {
    const source = entry.includes('\n') ? entry : await environment.files.read(`${folder}/${entry}`);
    result = applyText(result, source, {});
  }
  for (const entry of [...objects(value, 'patches'), ...objects(value, 'patchesJson6902')]) {
    const source =
      text(entry, 'path') === ''
        ? text(entry, 'patch')
        : await environment.files.read(`${folder}/${text(entry, 'path')}`);
    result = applyText(result, source, object(entry, 'target'));
  }
  return result;
}

function applyText(all: readonly JsonObject[], source: string, target: Target): JsonObject[] {
  const value = source.includes('\n---')
    ? undefined
    : decodeValue(source, (why) => failure(`unable to parse SM or JSON patch from [${source}]: ${why}`));
  if (Array.isArray(value)) {
    if (Object.keys(target).length === 0) throw failure('must specify a target for JSON patch');
    return all.map((each) => (matches(each, target) ? patched(each, value) : each));
  }
  const patches = value === undefined ? decodeText('patch', source).map((each) => each.object) : [value as JsonObject];
  return patches.reduce<JsonObject[]>((objects, patch) => applyStrategic(objects, patch, target), [...all]);
}

function applyStrategic(all: readonly JsonObject[], patch: JsonObject, target: Target): JsonObject[] {
  const own: Target =
    Object.keys(target).length > 0
      ? target
      : { ...gvk(patch), name: text(patch, 'metadata', 'name'), namespace: text(patch, 'metadata', 'namespace') };
  const meant = all.filter((each) => matches(each, own));
  if (meant.length === 0 && Object.keys(target).length === 0) {
    const name = text(patch, 'metadata', 'name');
    throw failure(
      `no resource matches strategic merge patch "${text(patch, 'kind')}.${text(patch, 'apiVersion')}/${name}.${text(patch, 'metadata', 'namespace') || '[noNs]'}": no matches for Id ${text(patch, 'kind')}.${text(patch, 'apiVersion')}/${name}.[noNs]; failed to find unique target for patch ${text(patch, 'kind')}.${text(patch, 'apiVersion')}/${name}.[noNs]`,
    );
  }
  return all.flatMap((each) => {
    if (!meant.includes(each)) return [each];
    if (patch['$patch'] === 'delete') return [];
    const type = createSchema(() => SCHEMA_JSON).kind(text(each, 'apiVersion'), text(each, 'kind'));
    const merged = strategicMergePatch(type, each, patch);
    // A patch with a target renames nothing.
    const identity = { name: text(each, 'metadata', 'name') };
    return [
      {
        ...merged,
        kind: each['kind'],
        apiVersion: each['apiVersion'],
        metadata: { ...object(merged, 'metadata'), ...identity },
      },
    ];
  });
}

function gvk(patch: JsonObject): JsonObject {
  const [group, version] = text(patch, 'apiVersion').includes('/')
    ? text(patch, 'apiVersion').split('/')
    : ['', text(patch, 'apiVersion')];
  return { group, version, kind: text(patch, 'kind') };
}

function matches(value: JsonObject, target: Target): boolean {
  const own = gvk(value);
  const wanted = (field: string) => text(target, field);
  const isLike = (pattern: string, text: string) => pattern === '' || new RegExp(`^(?:${pattern})$`).test(text);
  return (
    (wanted('group') === '' || wanted('group') === own['group']) &&
    (wanted('version') === '' || wanted('version') === own['version']) &&
    isLike(wanted('kind'), text(value, 'kind')) &&
    isLike(wanted('name'), text(value, 'metadata', 'name')) &&
    (wanted('namespace') === '' || isLike(wanted('namespace'), text(value, 'metadata', 'namespace') || 'default')) &&
    isSelected(wanted('labelSelector'), strings(value, 'metadata', 'labels')) &&
    isSelected(wanted('annotationSelector'), strings(value, 'metadata', 'annotations'))
  );
}

/** `a=b,c!=d`. */
function isSelected(selector: string, labels: Readonly<Record<string, string>>): boolean {
  if (selector === '') return true;
  return selector.split(',').every((part) => {
    const [, key = '', operator = '', value = ''] = /^\s*([^=!]+?)\s*(!=|==?|)\s*([^=]*)$/.exec(part) ?? [];
    if (operator === '') return Object.hasOwn(labels, key);
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  });
}

/** @throws KubectlError in the words of the library */
function patched(value: JsonObject, operations: readonly unknown[]): JsonObject {
  try {
    return jsonPatch(value, operations as readonly JsonPatchOperation[]) as JsonObject;
  } catch (error) {
    throw failure((error as Error).message);
  }
}

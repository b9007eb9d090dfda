import { decodeText } from '../decode-text.ts';
import { decodeValue } from '../decode-value.ts';
import type { KubectlEnvironment } from '../environment.ts';
import type { JsonObject } from '../json.ts';
import { isObject, text, texts } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { generated } from './generators.ts';
import { applyPatches } from './patches.ts';
import { finished, transformed } from './transformers.ts';

const NAMES: readonly string[] = Object.freeze(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);
/** Fields of a kustomization that are understood. */
const KNOWN: ReadonlySet<string> = new Set(
  'apiVersion kind metadata resources bases namePrefix nameSuffix namespace commonLabels labels commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions'.split(
    ' ',
  ),
);
const DEEPEST = 20;
/** Fields that kustomize would rather not see, and what stands in for them. */
const DEPRECATED: readonly (readonly [string, string])[] = Object.freeze([
  ['commonLabels', 'labels'],
  ['bases', 'resources'],
  ['patchesStrategicMerge', 'patches'],
  ['patchesJson6902', 'patches'],
] as const);

/** `kubectl kustomize <folder>`: the objects that it makes, in kustomize's order. @throws KubectlError */
export async function buildKustomization(environment: KubectlEnvironment, folder: string): Promise<JsonObject[]> {
  return finished(await buildLayer(environment, folder, 0));
}

async function buildLayer(environment: KubectlEnvironment, folder: string, depth: number): Promise<JsonObject[]> {
  if (depth > DEEPEST) throw failure(`accumulating resources: cycle detected: ${folder}`);
  const { files } = environment;
  const names = await files.list(folder);
  if (names === undefined) throw failure(`'${folder}' is not a directory`);
  const found = NAMES.filter((name) => names.includes(name));
  const [file] = found;
  if (file === undefined)
    throw failure(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`,
    );
  if (found.length > 1) throw failure(`Found multiple kustomization files under: ${folder}`);
  const value = decodeValue(await files.read(`${folder}/${file}`), (why) => failure(`invalid Kustomization: ${why}`));
  if (!isObject(value)) throw failure('kustomization.yaml is empty');
  refuseUnknown(value);
  for (const [field, instead] of DEPRECATED) {
    if (value[field] === undefined) continue;
    environment.stderr(
      `# Warning: '${field}' is deprecated. Please use '${instead}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
    );
  }
  const resources = await resourcesOf(environment, folder, value, depth);
  const made = await generated(environment, folder, value);
  const patched = await applyPatches(environment, folder, value, [...resources, ...made]);
  return transformed(value, patched);
}

function refuseUnknown(kustomization: JsonObject): void {
  const unknown = Object.keys(kustomization).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) {
    throw failure(`this built-in kustomize has no ${unknown.map((key) => `\`${key}\``).join(', ')}; real kubectl has`);
  }
}

async function resourcesOf(
  environment: KubectlEnvironment,
  folder: string,
  value: JsonObject,
  depth: number,
): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for (const path of [...texts(value, 'resources'), ...texts(value, 'bases')]) {
    if (/^(https?:|git@|github\.com)/.test(path))
      throw failure(`accumulating resources: ${path}: nothing is ever fetched from outside`);
    const place = normalized(`${folder}/${path}`);
    const isFolder = (await environment.files.list(place)) !== undefined;
    const objects = isFolder
      ? await buildLayer(environment, place, depth + 1)
      : decodeText(place, await environment.files.read(place)).map(({ object }) => object);
    for (const object of objects) {
      const twin = all.find((each) => idOf(each) === idOf(object));
      if (twin !== undefined)
        throw failure(`accumulating resources: may not add resource with an already registered id: ${idOf(object)}`);
      all.push(object);
    }
  }
  return all;
}

function idOf(object: JsonObject): string {
  return `${text(object, 'kind')}.${text(object, 'apiVersion')}/${text(object, 'metadata', 'name')}.${text(object, 'metadata', 'namespace') || '[noNs]'}`;
}

/** Without `.` and `..` in the middle. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/') || '.';
}

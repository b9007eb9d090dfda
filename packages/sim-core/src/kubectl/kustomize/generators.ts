import type { KubectlEnvironment } from '../environment.ts';
import { base64 } from '../generators/base64.ts';
import { envLines } from '../generators/config-data.ts';
import type { JsonObject } from '../json.ts';
import { at, object, objects, strings, text, texts } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { hashSuffix } from './hash-suffix.ts';

/** Marks an object whose name gets the hash of its content once everything else about it is known. */
export const NEEDS_HASH = 'sandbox.k8s-ingress.dev/needs-hash';

/** ConfigMaps and Secrets of the generators; their hash comes with their final content. */
export async function generated(
  environment: KubectlEnvironment,
  folder: string,
  value: JsonObject,
): Promise<JsonObject[]> {
  const made: JsonObject[] = [];
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const each of objects(value, field)) {
      const behavior = text(each, 'behavior') || 'create';
      if (behavior !== 'create')
        throw failure(`this built-in kustomize has no behavior: ${behavior}; real kubectl has`);
      made.push(await one(environment, folder, each, kind, object(value, 'generatorOptions')));
    }
  }
  return made;
}

async function one(
  environment: KubectlEnvironment,
  folder: string,
  generator: JsonObject,
  kind: 'ConfigMap' | 'Secret',
  common: JsonObject,
): Promise<JsonObject> {
  const data = await dataOf(environment, folder, generator);
  const encoded =
    kind === 'Secret' ? Object.fromEntries(Object.entries(data).map(([key, each]) => [key, base64(each)])) : data;
  const own = object(generator, 'options');
  const labels = { ...strings(common, 'labels'), ...strings(own, 'labels') };
  const annotations = { ...strings(common, 'annotations'), ...strings(own, 'annotations') };
  const hashed = at(own, 'disableNameSuffixHash') !== true && at(common, 'disableNameSuffixHash') !== true;
  const namespace = text(generator, 'namespace');
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: text(generator, 'name'),
      ...(namespace === '' ? {} : { namespace }),
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    ...(Object.keys(encoded).length > 0 ? { data: encoded } : {}),
    ...(kind === 'Secret' ? { type: text(generator, 'type') || 'Opaque' } : {}),
    ...(at(own, 'immutable') === true ? { immutable: true } : {}),
    ...(hashed ? { [NEEDS_HASH]: true } : {}),
  };
}

async function dataOf(
  { files }: KubectlEnvironment,
  folder: string,
  generator: JsonObject,
): Promise<Record<string, string>> {
  const data: Record<string, string> = {};
  for (const source of [
    ...texts(generator, 'envs'),
    ...(text(generator, 'env') === '' ? [] : [text(generator, 'env')]),
  ]) {
    for (const [key, value] of envLines(await files.read(`${folder}/${source}`))) data[key] = value;
  }
  for (const source of texts(generator, 'files')) {
    const [key, path] = source.includes('=')
      ? [source.slice(0, source.indexOf('=')), source.slice(source.indexOf('=') + 1)]
      : [source.split('/').at(-1) ?? source, source];
    data[key] = await files.read(`${folder}/${path}`);
  }
  for (const literal of texts(generator, 'literals')) {
    const equals = literal.indexOf('=');
    if (equals < 1) throw failure(`invalid literal source ${literal}, expected key=value`);
    data[literal.slice(0, equals)] = literal.slice(equals + 1).replace(/^(['"])(.*)\1$/, '$2');
  }
  return data;
}

/** Gives the hash to those that need one, and forgets the mark. */
export function withHash(value: JsonObject): JsonObject {
  const { [NEEDS_HASH]: needed, ...rest } = value;
  if (needed !== true) return value;
  const name = `${text(rest, 'metadata', 'name')}-${hashSuffix(rest)}`;
  return { ...rest, metadata: { ...object(rest, 'metadata'), name } };
}

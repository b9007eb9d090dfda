import { LAST_APPLIED } from '../apimachinery/managed-fields/last-applied.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { projectOnto, type Tree } from './project-onto.ts';
import type { UserObject } from './user-objects.ts';

/** Fields of metadata that the API server and controllers own. */
const SERVER_METADATA: readonly string[] = Object.freeze([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Fields of spec that are allocated or decided by others, by kind. */
const SERVER_SPEC: Readonly<Record<string, readonly string[]>> = Object.freeze({
  Service: ['clusterIP', 'clusterIPs', 'healthCheckNodePort', 'ipFamilies', 'ipFamilyPolicy'],
  Pod: ['nodeName', 'serviceAccount', 'tolerations', 'preemptionPolicy', 'priority'],
});

/** Labels and annotations that nobody writes by hand. */
const SERVER_KEYS =
  /^((kubectl|deployment|batch|endpoints|endpointslice)\.kubernetes\.io\/|kubernetes\.io\/metadata\.name$|controller-uid$|job-name$)/;

/**
 * An object as its user would write it: the fields of its manifest with the values that they have now, and what was
 * added on purpose (labels, annotations, another number of replicas). What the manifest says is remembered by
 * `kubectl apply`; without that, only what servers own is left out.
 */
export function exportObject({ object, document }: UserObject): KubeObject {
  const manifest = lastAppliedOf(object);
  const written = manifest === undefined ? withoutServerFields(object) : projectOnto(asTree(object), manifest);
  const metadata = metadataOf(object, written['metadata'] as Tree, document.value['metadata'] as Tree | undefined);
  const { status: _status, ...rest }: Tree = { ...written, ...restored(object, manifest), metadata };
  return rest as unknown as KubeObject;
}

function lastAppliedOf({ metadata }: KubeObject): Tree | undefined {
  try {
    return JSON.parse(metadata.annotations?.[LAST_APPLIED] ?? '');
  } catch {
    return undefined;
  }
}

/** Name first, the namespace only where it was written or is not the default one. */
function metadataOf({ metadata }: KubeObject, written: Tree, document: Tree = {}): Tree {
  const rest = Object.fromEntries(Object.entries(written).filter(([key]) => !SERVER_METADATA.includes(key)));
  const { name, namespace, labels: _labels, annotations: _annotations, ...others } = rest;
  const isImplied = namespace === 'default' && document['namespace'] === undefined;
  const labels = ownKeys(metadata.labels);
  const annotations = ownKeys(metadata.annotations);
  return {
    name,
    ...(namespace === undefined || isImplied ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...others,
  };
}

function ownKeys(values: Readonly<Record<string, string>> = {}): Tree | undefined {
  const own = Object.entries(values).filter(([key]) => !SERVER_KEYS.test(key));
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** What the projection cannot show: replicas that were scaled, and texts that a Secret keeps in another field. */
function restored(object: KubeObject, manifest: Tree | undefined): Tree {
  const { spec, data } = asTree(object) as { spec?: Tree; data?: Readonly<Record<string, string>> };
  const stringData = manifest?.['stringData'] as Tree | undefined;
  if (stringData !== undefined) {
    const texts = Object.keys(stringData).flatMap((key) => {
      const value = data?.[key];
      return value === undefined ? [] : [[key, decodeBase64(value)] as const];
    });
    return { stringData: Object.fromEntries(texts) };
  }
  const wanted = manifest?.['spec'] as Tree | undefined;
  const scaled = wanted !== undefined && wanted['replicas'] === undefined && ![undefined, 1].includes(replicasOf(spec));
  return scaled && spec !== undefined ? { spec: { ...projectOnto(spec, wanted), replicas: spec['replicas'] } } : {};
}

function replicasOf(spec: Tree | undefined): number | undefined {
  return spec?.['replicas'] as number | undefined;
}

function withoutServerFields(object: KubeObject): Tree {
  const { status: _status, ...rest } = asTree(object);
  const left = SERVER_SPEC[object.kind];
  if (left === undefined) return rest;
  const spec = Object.entries((rest['spec'] ?? {}) as Tree).filter(
    ([key, value]) => !left.includes(key) || (key === 'clusterIP' && value === 'None'),
  );
  return { ...rest, spec: Object.fromEntries(spec) };
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}

function asTree(object: KubeObject): Tree {
  return object as unknown as Tree;
}

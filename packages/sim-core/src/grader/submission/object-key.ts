import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { isFields, type Manifest } from '../../manifest/document.ts';

/** What tells an object among all, as far as names go. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for what has none. */
  readonly namespace: string;
  readonly name: string;
}

/** The key as one text. */
export function keyText({ apiVersion, kind, namespace, name }: ObjectKey): string {
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}

/** The key of an object of the cluster. */
export function keyOfObject({ apiVersion, kind, metadata }: KubeObject): string {
  return keyText({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name });
}

/** The key of the object that a manifest makes. @param fallback where it goes when it names no namespace */
export function keyOfManifest(manifest: Manifest, fallback: string): ObjectKey {
  const { namespace, name } = namesIn(manifest);
  return { apiVersion: manifest.apiVersion, kind: manifest.kind, namespace: namespace || fallback, name };
}

/** What a manifest calls its object: '' where it says nothing that can be a name. */
export function namesIn({ metadata }: Manifest): Pick<ObjectKey, 'namespace' | 'name'> {
  const { namespace, name } = isFields(metadata) ? metadata : {};
  return { namespace: typeof namespace === 'string' ? namespace : '', name: typeof name === 'string' ? name : '' };
}

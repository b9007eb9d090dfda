import { namespaces } from '../api/core-v1/namespace.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Store } from '../etcd/store.ts';
import { type Codec, decode } from './decode.ts';
import type { Registry } from './registry.ts';

const USER = 'system:loader';

/**
 * Puts recorded objects into the store as they are: with their own uid, creationTimestamp and status, since age decides
 * conflicts. Namespaces that they name and nobody has created are created.
 *
 * @throws StatusError when one cannot be decoded
 */
export function loadObjects(
  { registry, store, codec }: { registry: Registry; store: Store; codec: Codec },
  values: readonly unknown[],
): KubeObject[] {
  return values.map((value) => {
    const { kind, object } = decode(codec, value);
    if (!kind.namespaced) return registry.load(kind, object);
    const namespace = object.metadata.namespace || 'default';
    if (store.get(namespaces.resource, '', namespace) === undefined) {
      registry.create(
        namespaces,
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
        { user: USER },
      );
    }
    return registry.load(kind, { ...object, metadata: { ...object.metadata, namespace } });
  });
}

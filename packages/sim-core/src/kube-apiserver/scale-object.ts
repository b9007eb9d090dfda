import type { Kind, ScaleAccess } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** autoscaling/v1 Scale of an object (pkg/registry/apps/deployment/storage, ScaleREST). */
export function scaleOf(kind: Kind, object: KubeObject) {
  const access = scaleAccess(kind);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = access.selector(object);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { ...(access.replicas(object) !== 0 && { replicas: access.replicas(object) }) },
    status: { replicas: access.currentReplicas(object), ...(selector !== '' && { selector }) },
  };
}

/** How the replicas of a kind that has the subresource are read and written. */
export function scaleAccess(kind: Kind): ScaleAccess<KubeObject> {
  return kind.scale as ScaleAccess<KubeObject>;
}

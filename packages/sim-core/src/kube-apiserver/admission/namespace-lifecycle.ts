import { type Namespace, namespaces } from '../../api/core-v1/namespace.ts';
import { newForbidden, newNotFound, StatusError } from '../../apimachinery/status-error.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from './admission.ts';

const IMMORTAL: readonly string[] = Object.freeze(['default', 'kube-system', 'kube-public']);

/**
 * Objects live only in namespaces that exist, and nothing new comes into one that is going
 * (k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go).
 */
export const namespaceLifecycle: AdmissionPlugin = Object.freeze({
  name: 'NamespaceLifecycle',
  admit(request: AdmissionRequest): void {
    const { kind, object, operation, store } = request;
    if (kind === namespaces) return refuseImmortal(request);
    if (!kind.namespaced || operation === 'DELETE') return;
    const name = object.metadata.namespace ?? '';
    const namespace = store.get(namespaces.resource, '', name) as Namespace | undefined;
    if (namespace === undefined) throw newNotFound(namespaces, name);
    if (operation === 'CREATE' && namespace.status?.phase === 'Terminating') throw terminating(request, name);
  },
});

function refuseImmortal({ operation, kind, object }: AdmissionRequest): void {
  const { name } = object.metadata;
  if (operation === 'DELETE' && IMMORTAL.includes(name))
    throw newForbidden(kind, name, 'this namespace may not be deleted');
}

function terminating(request: AdmissionRequest, namespace: string): StatusError {
  const message = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const { status } = forbiddenBy(request, message);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
}

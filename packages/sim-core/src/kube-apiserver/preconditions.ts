import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import { newConflict } from '../apimachinery/status-error.ts';

/** meta/v1 Preconditions: what must hold for a deletion. */
export interface Preconditions {
  uid?: string;
  resourceVersion?: string;
}

/** Where etcd keeps resources that have another name there (pkg/registry). */
const KEYS: Readonly<Record<string, string>> = Object.freeze({
  services: 'services/specs',
  endpoints: 'services/endpoints',
  nodes: 'minions',
  ingresses: 'ingress',
  replicationcontrollers: 'controllers',
});

/**
 * An update of an object that is not the one that was read: of an older revision, or of one that had the name before.
 * @throws StatusError Conflict
 */
export function refuseOutdated(kind: Kind, { metadata: old }: KubeObject, { uid, resourceVersion }: ObjectMeta): void {
  if (uid && uid !== old.uid) {
    const unmet = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.uid}`;
    const error = `StorageError: invalid object, Code: 4, Key: ${keyOf(kind, old)}, ResourceVersion: 0, AdditionalErrorMsg: ${unmet}`;
    throw newConflict(kind, old.name, error);
  }
  // Without a revision, or with revision 0, a write is unconditional.
  const isConditional = resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== '0';
  if (isConditional && resourceVersion !== old.resourceVersion) throw newConflict(kind, old.name);
}

/** What stands against a deletion (k8s.io/apiserver/pkg/registry/rest/delete.go BeforeDelete). @throws StatusError Conflict */
export function refuseUnmetPreconditions(
  { group, kind }: Kind,
  { metadata: old }: KubeObject,
  { uid, resourceVersion }: Preconditions = {},
): void {
  const refuse = (what: string, wanted: string, actual: string | undefined, guess: string): never => {
    const message = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${actual}). The object might have been ${guess}`;
    throw newConflict({ group, resource: kind }, old.name, message);
  };
  if (uid !== undefined && uid !== old.uid) refuse('UID', uid, old.uid, 'deleted and then recreated');
  if (resourceVersion !== undefined && resourceVersion !== old.resourceVersion) {
    refuse('ResourceVersion', resourceVersion, old.resourceVersion, 'modified');
  }
}

function keyOf({ group, resource, isCustom }: Kind, { namespace, name }: ObjectMeta): string {
  const place = isCustom === true ? `${group}/${resource}` : (KEYS[resource] ?? resource);
  return ['/registry', place, ...(namespace ? [namespace] : []), name].join('/');
}

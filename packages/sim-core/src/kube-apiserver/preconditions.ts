import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { newConflict } from '../apimachinery/status-error.ts';
import type { DeleteOptions } from './write-options.ts';

/** @throws StatusError Conflict where the object is not the one that was meant */
export function refuseUnmetPreconditions(kind: Kind, old: KubeObject, { preconditions = {} }: DeleteOptions): void {
  const { uid, resourceVersion } = old.metadata;
  const unmet = (what: string, wanted: string, actual: string | undefined): never => {
    const message = `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${actual}`;
    throw newConflict(kind, old.metadata.name, message);
  };
  if (preconditions.uid !== undefined && preconditions.uid !== uid) unmet('UID', preconditions.uid, uid);
  if (preconditions.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    unmet('ResourceVersion', preconditions.resourceVersion, resourceVersion);
  }
}

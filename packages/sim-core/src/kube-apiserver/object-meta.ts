import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';

/** metadata of a new object: what only the server may say is taken off (rest.FillObjectMetaSystemFields, BeforeCreate). */
export function metaForCreate(kind: Kind, sent: ObjectMeta, uid: string, creationTimestamp: string): ObjectMeta {
  const meta = withoutServers(sent);
  meta.uid = uid;
  meta.creationTimestamp = creationTimestamp;
  if (!kind.namespaced) delete meta.namespace;
  if (kind.generationOf !== undefined) meta.generation = 1;
  return meta;
}

/** metadata of an update: what only the server may say stays as it was (rest.BeforeUpdate). */
export function metaForUpdate(sent: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { uid, creationTimestamp, resourceVersion, generation, deletionTimestamp, deletionGracePeriodSeconds } = old;
  const meta: ObjectMeta = Object.assign(withoutServers(sent), { uid, creationTimestamp, resourceVersion });
  if (generation !== undefined) meta.generation = generation;
  if (deletionTimestamp !== undefined) meta.deletionTimestamp = deletionTimestamp;
  if (deletionGracePeriodSeconds !== undefined) meta.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
  if (old.generateName !== undefined) meta.generateName = old.generateName;
  if (old.namespace !== undefined) meta.namespace = old.namespace;
  return meta;
}

/** A copy without what only the server says. */
function withoutServers(sent: ObjectMeta): ObjectMeta {
  // Assigned, not spread: members that are added to a spread object give every object a hidden class of its own.
  const meta: ObjectMeta = Object.assign({}, sent);
  if (meta.deletionTimestamp !== undefined) delete meta.deletionTimestamp;
  if (meta.deletionGracePeriodSeconds !== undefined) delete meta.deletionGracePeriodSeconds;
  if (meta.generation !== undefined) delete meta.generation;
  return meta;
}

/**
 * metadata of a write to the status subresource: annotations and finalizers may come along, as the deployment
 * controller's revision and the service controller's finalizer do; everything else stays.
 */
export function metaForStatus(sent: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const meta = { ...old };
  if (sent.annotations !== undefined) meta.annotations = sent.annotations;
  if (sent.finalizers !== undefined) meta.finalizers = sent.finalizers;
  return meta;
}

/** `status` of an object whose kind may or may not have one. */
export function statusOf(object: KubeObject): unknown {
  return (object as KubeObject & { status?: unknown }).status;
}

/** Puts `status` in, or takes it off when there is none. */
export function setStatus(object: KubeObject, status: unknown): void {
  const target = object as KubeObject & { status?: unknown };
  if (status === undefined) delete target.status;
  else target.status = status;
}

import { deepCopy, deepEqual } from '../apimachinery/deep.ts';
import { groupResource, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import { newAlreadyExists, newConflict, newInvalid, newNotFound } from '../apimachinery/status-error.ts';
import type { Store } from '../etcd/store.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import { nameSuffix, type Random, type RandomStream, uuid } from '../sim/random.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission/admission.ts';
import { withDeletion } from './deletion.ts';
import type { ServiceAllocator } from './service-allocator.ts';

/** metav1.DeleteOptions, as far as it changes what happens. */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface WriteOptions {
  /** Who writes. */
  user: string;
  /** Controllers' own objects skip validation: they are stamped from objects that passed it. */
  trusted?: boolean;
  /** Runs everything and stores nothing. */
  dryRun?: boolean;
}

/** What the registry is built from. */
export interface RegistryParts {
  store: Store;
  clock: Clock;
  random: Random;
  admission: readonly AdmissionPlugin[];
  services: ServiceAllocator;
}

/**
 * The way of every write: prepare → default → admit → validate → store
 * (k8s.io/apiserver/pkg/registry/generic/registry/store.go).
 */
export class Registry {
  readonly #parts: RegistryParts;
  readonly #uids: RandomStream;
  readonly #names: RandomStream;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#uids = parts.random.fork('uids');
    this.#names = parts.random.fork('generated-names');
  }

  /** @throws StatusError AlreadyExists, Invalid, or what an admission plugin says */
  create<T extends KubeObject>(kind: Kind<T>, sent: T, options: WriteOptions): T {
    const object = deepCopy(sent);
    object.metadata = this.#newMeta(kind, object.metadata);
    kind.prepareForCreate?.(object);
    kind.setDefaults?.(object);
    this.#admit({ operation: 'CREATE', kind, object, user: options.user, store: this.#parts.store });
    if (options.trusted !== true) refuseInvalid(kind, object, kind.validate?.(object) ?? []);
    const { namespace = '', name } = object.metadata;
    if (this.#parts.store.get(groupResource(kind), namespace, name) !== undefined) throw newAlreadyExists(kind, name);
    this.#parts.services.allocate(kind, object, undefined, options);
    return options.dryRun === true ? object : this.#parts.store.put(groupResource(kind), object);
  }

  /** Replaces everything but status. @throws StatusError NotFound, Conflict, Invalid … */
  update<T extends KubeObject>(kind: Kind<T>, sent: T, options: WriteOptions): T {
    const old = this.#stored(kind, sent.metadata);
    const object = deepCopy(sent);
    object.metadata = { ...serverOwned(object.metadata, old.metadata) };
    if (kind.hasStatus === true) copyStatus(old, object);
    kind.prepareForUpdate?.(object, old);
    kind.setDefaults?.(object);
    this.#admit({ operation: 'UPDATE', kind, object, old, user: options.user, store: this.#parts.store });
    if (options.trusted !== true) {
      refuseInvalid(kind, object, [...(kind.validate?.(object) ?? []), ...(kind.validateUpdate?.(object, old) ?? [])]);
    }
    this.#parts.services.allocate(kind, object, old, options);
    if (kind.hasStatus === true && !deepEqual(specOf(object), specOf(old))) {
      object.metadata.generation = (old.metadata.generation ?? 1) + 1;
    }
    if (options.dryRun === true) return object;
    return this.#store(kind, object, old);
  }

  /** Replaces status only. @throws StatusError NotFound, Conflict */
  updateStatus<T extends KubeObject>(kind: Kind<T>, sent: T): T {
    const old = this.#stored(kind, sent.metadata);
    const object = { ...old, metadata: { ...old.metadata } };
    copyStatus(sent, object);
    return this.#store(kind, object, old);
  }

  /**
   * Deletes, or marks for deletion where a grace period or finalizers stand in the way.
   * @returns the object as it is after the call; undefined when it is gone
   * @throws StatusError NotFound, Conflict
   */
  delete<T extends KubeObject>(kind: Kind<T>, namespace: string, name: string, options: DeleteOptions = {}): T | undefined {
    const old = this.#stored(kind, { namespace, name });
    const uid = options.preconditions?.uid;
    if (uid !== undefined && uid !== old.metadata.uid) {
      throw newConflict(kind, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`);
    }
    const marked = withDeletion(kind, old, options, this.#parts.clock.now());
    if (marked === undefined) return this.#remove(kind, old);
    return this.#store(kind, marked, old);
  }

  #store<T extends KubeObject>(kind: Kind<T>, object: T, old: T): T {
    if (deepEqual(object, old)) return old;
    const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata;
    const finished = deletionTimestamp !== undefined && (finalizers ?? []).length === 0 && !deletionGracePeriodSeconds;
    if (finished) return this.#remove(kind, old) ?? old;
    return this.#parts.store.put(groupResource(kind), object);
  }

  #remove<T extends KubeObject>(kind: Kind<T>, old: T): undefined {
    this.#parts.services.release(kind, old);
    this.#parts.store.remove(groupResource(kind), old.metadata.namespace ?? '', old.metadata.name);
  }

  #stored<T extends KubeObject>(kind: Kind<T>, meta: ObjectMeta): T {
    const old = this.#parts.store.get(groupResource(kind), kind.namespaced ? (meta.namespace ?? '') : '', meta.name);
    if (old === undefined) throw newNotFound(kind, meta.name);
    const { resourceVersion } = meta;
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
      throw newConflict(
        kind,
        meta.name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    return old as T;
  }

  #admit(request: AdmissionRequest): void {
    for (const plugin of this.#parts.admission) plugin.admit(request);
  }

  /** Server-owned fields are set here; what a client sent for them is ignored (rest.FillObjectMetaSystemFields). */
  #newMeta(kind: Kind, sent: ObjectMeta): ObjectMeta {
    const { uid: _uid, resourceVersion: _rv, creationTimestamp: _ct, deletionTimestamp: _dt, ...kept } = sent;
    const name = sent.name || `${sent.generateName ?? ''}${nameSuffix(this.#names)}`;
    const meta: ObjectMeta = { ...kept, name };
    if (!kind.namespaced) delete meta.namespace;
    meta.uid = uuid(this.#uids);
    meta.creationTimestamp = formatTime(this.#parts.clock.now());
    if (kind.hasStatus === true) meta.generation = 1;
    else delete meta.generation;
    return meta;
  }
}

function serverOwned(sent: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { uid, creationTimestamp, resourceVersion, generation, deletionTimestamp, deletionGracePeriodSeconds } = old;
  const meta: ObjectMeta = { ...sent, uid, creationTimestamp, resourceVersion };
  if (generation !== undefined) meta.generation = generation;
  if (deletionTimestamp !== undefined) Object.assign(meta, { deletionTimestamp, deletionGracePeriodSeconds });
  if (old.namespace !== undefined) meta.namespace = old.namespace;
  return meta;
}

function copyStatus(from: KubeObject, to: KubeObject): void {
  const { status } = from as KubeObject & { status?: unknown };
  if (status === undefined) delete (to as { status?: unknown }).status;
  else (to as { status?: unknown }).status = status;
}

/** Everything that counts as a change of intent: all but metadata and status. */
function specOf(object: KubeObject): unknown {
  const { metadata: _m, status: _s, ...rest } = object as KubeObject & { status?: unknown };
  return rest;
}

function refuseInvalid(kind: Kind, object: KubeObject, errors: ReturnType<NonNullable<Kind['validate']>>): void {
  if (errors.length > 0) throw newInvalid(kind, object.metadata.name, errors);
}

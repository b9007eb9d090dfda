import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Condition, withCondition } from '../apimachinery/condition.ts';
import { deepCopy, deepEqual } from '../apimachinery/deep.ts';
import { groupResource, type Kind } from '../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../apimachinery/object-meta.ts';
import { newAlreadyExists, newMethodNotAllowed, newNotFound, StatusError } from '../apimachinery/status-error.ts';
import type { Store } from '../etcd/store.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import { nameSuffix, type Random, type RandomStream, uuid } from '../sim/random.ts';
import type { AdmissionPlugin } from './admission/admission.ts';
import { AdmissionChain } from './admission/chain.ts';
import { isHeld, withDeletion } from './deletion.ts';
import { draftOf } from './draft.ts';
import type { ManagedFields } from './managed-fields/managed-fields.ts';
import { createErrors, refuseInvalid, updateErrors } from './object-errors.ts';
import { metaForCreate, metaForStatus, metaForUpdate, setStatus, statusOf } from './object-meta.ts';
import { refuseOutdated, refuseUnmetPreconditions } from './preconditions.ts';
import type { ServiceAllocator } from './service-allocator/service-allocator.ts';
import type { DeleteOptions, WriteOptions } from './write-options.ts';

/** What the registry is built from. */
export interface RegistryParts {
  store: Store;
  clock: Clock;
  random: Random;
  admission: readonly AdmissionPlugin[];
  services: ServiceAllocator;
  /** Absent: nobody keeps track of who owns fields. */
  managedFields?: ManagedFields;
}

/** The user behind what the API server itself writes. */
const SELF = 'system:apiserver';

/** How often a generated name is drawn again when it is taken (RetryGenerateName). */
const NAME_ATTEMPTS = 8;

/**
 * The way of every write: default → admit → allocate → prepare → validate → admit again (validating) → store
 * (k8s.io/apiserver/pkg/registry/generic/registry/store.go, pkg/registry/rest/{create,update}.go).
 */
export class Registry {
  readonly #parts: RegistryParts;
  readonly #uids: RandomStream;
  readonly #names: RandomStream;
  readonly #admission: AdmissionChain;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#uids = parts.random.fork('uids');
    this.#names = parts.random.fork('generated-names');
    this.#admission = new AdmissionChain(parts.admission, parts.store);
  }

  /** @throws StatusError AlreadyExists, Invalid, MethodNotAllowed for what is never stored, or what an admission plugin says */
  create<T extends KubeObject>(kind: Kind<T>, sent: T, options: WriteOptions): T {
    if (kind.verbs?.includes('get') === false) throw newMethodNotAllowed(kind);
    const object = options.trusted === true ? draftOf(sent) : deepCopy(sent);
    kind.setDefaults?.(object);
    this.#parts.managedFields?.track(kind, undefined, object, options);
    const { name = '' } = object.metadata;
    const request = this.#admission.request({ operation: 'CREATE', kind, name, object }, options);
    this.#admission.admit(request);
    object.metadata = metaForCreate(kind, object.metadata, uuid(this.#uids), formatTime(this.#parts.clock.now()));
    this.#generateName(kind, object.metadata);
    // Whoever looks at the object from here on finds a name; without one it is refused.
    object.metadata.name ??= '';
    this.#parts.services.allocate(kind, object, undefined);
    kind.prepareForCreate?.(object);
    if (options.trusted !== true) {
      refuseInvalid(kind, object, createErrors(kind, object));
    }
    this.#admission.validate(request);
    this.#refuseExisting(kind, object.metadata);
    return options.dryRun === true ? object : this.#parts.store.put(groupResource(kind), object);
  }

  /**
   * Puts an object into the store with the uid, age and status that it brings: how recorded objects come back. Neither
   * admission nor validation is asked.
   */
  load<T extends KubeObject>(kind: Kind<T>, sent: T): T {
    const object = deepCopy(sent);
    const { uid = uuid(this.#uids), creationTimestamp = formatTime(this.#parts.clock.now()) } = object.metadata;
    const status = statusOf(object);
    kind.setDefaults?.(object);
    object.metadata = { generation: 1, ...object.metadata, uid, creationTimestamp };
    if (kind.generationOf === undefined) delete object.metadata.generation;
    this.#parts.services.allocate(kind, object, undefined);
    kind.prepareForCreate?.(object);
    if (status !== undefined) setStatus(object, status);
    return this.#parts.store.put(groupResource(kind), object);
  }

  /** Replaces everything but status. @throws StatusError NotFound, Conflict, Invalid … */
  update<T extends KubeObject>(kind: Kind<T>, sent: T, options: WriteOptions): T {
    const old = this.#stored(kind, sent.metadata);
    const object = options.trusted === true ? draftOf(sent) : deepCopy(sent);
    object.metadata = metaForUpdate(object.metadata, old.metadata);
    kind.setDefaults?.(object);
    this.#parts.managedFields?.track(kind, old, object, options);
    const { name } = old.metadata;
    const request = this.#admission.request({ operation: 'UPDATE', kind, name, object, old }, options);
    if (this.#admission.admit(request)) object.metadata = metaForUpdate(object.metadata, old.metadata);
    if (kind.hasStatus === true) setStatus(object, statusOf(old));
    this.#parts.services.allocate(kind, object, old);
    kind.prepareForUpdate?.(object, old);
    if (kind.generationOf !== undefined && !deepEqual(kind.generationOf(object), kind.generationOf(old))) {
      object.metadata.generation = (old.metadata.generation ?? 0) + 1;
    }
    if (options.trusted !== true) refuseInvalid(kind, object, updateErrors(kind, object, old, options));
    this.#admission.validate(request);
    return options.dryRun === true ? object : this.#store(kind, object, old);
  }

  /** Replaces status, and takes annotations and finalizers along. @throws StatusError NotFound, Conflict */
  updateStatus<T extends KubeObject>(kind: Kind<T>, sent: T, options: Partial<WriteOptions> = {}): T {
    const old = this.#stored(kind, sent.metadata);
    const written: WriteOptions = { user: SELF, ...options, subresource: 'status' };
    let object = withStatusOf(sent, old);
    if (options.fieldsAreManaged === true) object.metadata.managedFields = sent.metadata.managedFields ?? [];
    this.#parts.managedFields?.track(kind, old, object, written);
    if (this.#admission.status(kind, object, old, written)) object = withStatusOf(object, old);
    if (options.trusted !== true) refuseInvalid(kind, object, kind.validateStatusUpdate?.(object, old) ?? []);
    return options.dryRun === true ? object : this.#store(kind, object, old);
  }

  /**
   * Puts a pod on a node, and says so in its condition, in one write: the binding subresource of pods
   * (pkg/registry/core/pod/storage/storage.go, setPodNodeAndMetadata).
   * @throws StatusError NotFound, Conflict
   */
  bind(pod: Pod, nodeName: string): Pod {
    const old = this.#stored(pods, pod.metadata);
    const scheduled: Condition = { type: 'PodScheduled', status: 'True' };
    const conditions = withCondition(old.status?.conditions, scheduled, formatTime(this.#parts.clock.now()));
    const object = { ...old, spec: { ...old.spec, nodeName }, status: { ...old.status, conditions } };
    return this.#store(pods, draftOf(object), old);
  }

  /**
   * Takes off what holds an object that is being deleted in its spec: the finalize subresource of namespaces.
   * @throws StatusError NotFound, Conflict
   */
  finalize<T extends KubeObject & { spec?: { finalizers?: string[] } }>(kind: Kind<T>, sent: T): T {
    const old = this.#stored(kind, sent.metadata);
    return this.#store(kind, draftOf({ ...old, spec: { ...old.spec, finalizers: sent.spec?.finalizers ?? [] } }), old);
  }

  /**
   * Deletes, or marks for deletion where a grace period or finalizers stand in the way.
   * @returns the object as it is after the call; undefined when it is gone
   * @throws StatusError NotFound, Conflict, Forbidden
   */
  delete<T extends KubeObject>(
    kind: Kind<T>,
    namespace: string,
    name: string,
    options: DeleteOptions & Partial<WriteOptions> = {},
  ): T | undefined {
    const old = this.#stored(kind, { namespace, name });
    refuseUnmetPreconditions(kind, old, options.preconditions);
    const request = this.#admission.request({ operation: 'DELETE', kind, name, object: old }, { user: '', ...options });
    this.#admission.admit(request);
    this.#admission.validate(request);
    const marked = withDeletion(kind, old, options, this.#parts.clock.now());
    if (options.dryRun === true) return marked;
    if (marked === undefined) return this.#remove(kind, old);
    return this.#store(kind, marked, old);
  }

  #store<T extends KubeObject>(kind: Kind<T>, object: T, old: T): T {
    if (deepEqual(object, old)) return old;
    const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
    const finished = deletionTimestamp !== undefined && !isHeld(object) && !deletionGracePeriodSeconds;
    if (finished) return this.#remove(kind, old) ?? old;
    return this.#parts.store.put(groupResource(kind), object);
  }

  #remove<T extends KubeObject>(kind: Kind<T>, old: T): undefined {
    this.#parts.store.remove(groupResource(kind), old.metadata.namespace ?? '', old.metadata.name);
  }

  #stored<T extends KubeObject>(kind: Kind<T>, meta: ObjectMeta): T {
    const old = this.#parts.store.get(groupResource(kind), kind.namespaced ? (meta.namespace ?? '') : '', meta.name);
    if (old === undefined) throw newNotFound(kind, meta.name);
    refuseOutdated(kind, old, meta);
    return old as T;
  }

  #exists(kind: Kind, { namespace = '', name }: ObjectMeta): boolean {
    return this.#parts.store.get(groupResource(kind), namespace, name) !== undefined;
  }

  /** Draws what follows generateName, again while it is taken. */
  #generateName(kind: Kind, meta: ObjectMeta): void {
    if (meta.name || !meta.generateName) return;
    for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
      meta.name = `${meta.generateName}${nameSuffix(this.#names)}`;
      if (!this.#exists(kind, meta)) return;
    }
  }

  #refuseExisting(kind: Kind, meta: ObjectMeta): void {
    if (meta.resourceVersion) {
      const message = 'resourceVersion should not be set on objects to be created';
      throw new StatusError({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });
    }
    if (this.#exists(kind, meta)) throw newAlreadyExists(kind, meta.name);
  }
}

/** What is stored with another status, and what of the metadata may come along. */
function withStatusOf<T extends KubeObject>(sent: T, old: T): T {
  const object = draftOf({ ...old, metadata: metaForStatus(sent.metadata, old.metadata) });
  setStatus(object, statusOf(sent));
  return object;
}

import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import {
  type AppliedObject,
  applyToObject,
  type FieldWrite,
  type Managed,
  managedFieldsOfUpdate,
} from '../../apimachinery/managed-fields/field-manager.ts';
import type { ManagedFieldsEntry } from '../../apimachinery/managed-fields/managers.ts';
import { zeroValue } from '../../apimachinery/managed-fields/zero-value.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Schema, StructType } from '../../apimachinery/schema/types.ts';
import { type Clock, formatTime } from '../../sim/clock.ts';
import { typeOfKind } from '../decode-custom.ts';
import type { WriteOptions } from '../write-options.ts';
import { programOf } from './component.ts';
import { resetFieldsOf } from './reset-fields.ts';
import { managersOfUntracked } from './untracked.ts';

/** What managing fields needs to know. */
export interface ManagedFieldsParts {
  readonly schema: Schema;
  readonly clock: Clock;
}

/** How somebody applies a configuration. */
export interface ApplyOptions {
  readonly fieldManager: string;
  readonly force: boolean;
  readonly subresource: string;
}

/**
 * metadata.managedFields of every object. Writes that name a manager are kept track of at once. What components write is
 * tracked on objects that already have managers; of all others the managers are worked out when somebody asks, see
 * docs/decisions/0007-managed-fields-when-asked.md. An empty list in the store says that nobody manages anything.
 */
export class ManagedFields {
  readonly #parts: ManagedFieldsParts;
  readonly #empty = new Map<StructType, Readonly<Record<string, unknown>>>();
  readonly #untracked = new WeakMap<KubeObject, readonly ManagedFieldsEntry[]>();

  constructor(parts: ManagedFieldsParts) {
    this.#parts = parts;
  }

  /**
   * Writes the managers into an object on its way to the store, after defaults and before admission.
   * @param old what is stored; undefined: the object is new
   */
  track(kind: Kind, old: KubeObject | undefined, object: KubeObject, options: WriteOptions): void {
    if (options.fieldsAreManaged === true) return;
    const { metadata } = object;
    // Who scales takes the replicas away from somebody, also from one of whom nobody kept track yet.
    const isKept = isTracked(old) || options.subresource === 'scale';
    const manager = options.fieldManager ?? (isKept ? programOf(options.user) : undefined);
    const entries =
      manager === undefined ? old?.metadata.managedFields : this.#after(kind, old, object, manager, options);
    if (entries !== undefined) metadata.managedFields = entries as unknown[];
    else if (metadata.managedFields !== undefined) delete metadata.managedFields;
  }

  #after(
    kind: Kind,
    old: KubeObject | undefined,
    object: KubeObject,
    manager: string,
    { subresource = '' }: WriteOptions,
  ): readonly ManagedFieldsEntry[] {
    const write = this.#write(kind, manager, subresource);
    const live = old && asManaged(this.shown(old));
    return managedFieldsOfUpdate(write, live, asManaged(object)) ?? [];
  }

  /** The object as clients see it: with its managers, where there are any. */
  shown<T extends KubeObject>(object: T): T {
    const entries = this.of(object);
    if (entries === object.metadata.managedFields) return object;
    const { managedFields: _stored, ...metadata } = object.metadata;
    return { ...object, metadata: { ...metadata, ...(entries && { managedFields: entries as unknown[] }) } };
  }

  /** Who manages the fields of an object; undefined: nobody. */
  of(object: KubeObject): readonly ManagedFieldsEntry[] | undefined {
    const stored = object.metadata.managedFields as readonly ManagedFieldsEntry[] | undefined;
    if (stored !== undefined) return stored.length > 0 ? stored : undefined;
    // Reviews and tokens are answers: they were never created.
    if (!object.metadata.uid) return undefined;
    let entries = this.#untracked.get(object);
    if (entries === undefined) {
      const type = this.#parts.schema.kind(object.apiVersion, object.kind);
      entries = managersOfUntracked(type, this.#emptyOf(type), object);
      if (Object.isFrozen(object)) this.#untracked.set(object, entries);
    }
    return entries.length > 0 ? entries : undefined;
  }

  #emptyOf(type: StructType | undefined): Readonly<Record<string, unknown>> {
    if (type === undefined) return {};
    let empty = this.#empty.get(type);
    if (empty === undefined) {
      empty = zeroValue(type);
      this.#empty.set(type, empty);
    }
    return empty;
  }

  /**
   * What server-side apply makes of an object; what is not yet there is created.
   * @throws StatusError Conflict
   */
  apply(kind: Kind, live: KubeObject | undefined, config: unknown, options: ApplyOptions): AppliedObject {
    const { fieldManager, subresource, force } = options;
    const write = this.#write(kind, fieldManager, subresource);
    return applyToObject(write, live && asManaged(this.shown(live)), config as Managed, { force });
  }

  #write(kind: Kind, manager: string, subresource: string): FieldWrite {
    const apiVersion = apiVersionOf(kind);
    return {
      type: typeOfKind(this.#parts.schema, kind, apiVersion),
      apiVersion,
      manager,
      subresource,
      resetFields: resetFieldsOf(kind, subresource),
      now: formatTime(this.#parts.clock.now()),
    };
  }
}

function isTracked(object: KubeObject | undefined): boolean {
  return object?.metadata.managedFields !== undefined && object.metadata.managedFields.length > 0;
}

function asManaged(object: KubeObject): Managed {
  return object as unknown as Managed;
}

import type { FieldError } from '../apimachinery/field-error.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { UserInfo } from './authentication/user-info.ts';
import type { Preconditions } from './preconditions.ts';

/** metav1.DeleteOptions, as far as it changes what happens. */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: Preconditions;
}

/** How an object is written. */
export interface WriteOptions {
  /** Who writes. */
  user: string;
  /** Whose permissions bound what is written; absent for components. */
  userInfo?: UserInfo;
  /**
   * Controllers' own objects: validation is skipped and what is frozen is shared instead of copied, since they are
   * stamped from stored objects.
   */
  trusted?: boolean;
  /** Runs everything and stores nothing. */
  dryRun?: boolean;
  /** Takes what admission warns of without refusing it. */
  warn?(text: string): void;
  /** Name under which the fields that are written are owned (metadata.managedFields); absent: the component's. */
  fieldManager?: string;
  /** The version in which the client speaks of the object; absent: the one that is stored. */
  requestKind?: Kind;
  /** The subresource that is written (`scale`); the fields are owned through it. */
  subresource?: string;
  /** A subresource that may change what others may not: asked in the place of the kind's own validateUpdate. */
  validateUpdate?(object: KubeObject, old: KubeObject): FieldError[];
  /** Server-side apply: metadata.managedFields of what is sent are those to store. */
  fieldsAreManaged?: boolean;
}

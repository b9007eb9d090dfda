import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newForbidden, type StatusError } from '../../apimachinery/status-error.ts';
import type { Store } from '../../etcd/store.ts';
import type { UserInfo } from '../authentication/user-info.ts';

/**
 * What an admission plugin sees of a write. `object` is a private copy two levels deep (`object.spec.x = …` is fine,
 * what lies deeper may be shared with the store: put new objects there); for DELETE it is what is stored. `old` is what
 * is stored before an UPDATE.
 */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly kind: Kind;
  readonly object: KubeObject;
  readonly old?: KubeObject;
  readonly user: string;
  /** Whose permissions bound the write; absent for components. */
  readonly userInfo?: UserInfo;
  readonly store: Store;
  /** Nothing will be stored: nothing may be counted either. */
  readonly dryRun?: boolean;
  /** Takes what the client is to read beside the answer (`Warning: 299 - "text"`). */
  warn?(text: string): void;
}

/** One admission plugin, under the name that --enable-admission-plugins knows. Throws StatusError to refuse. */
export interface AdmissionPlugin {
  readonly name: string;
  /** May change the object; runs before it is validated. */
  admit?(request: AdmissionRequest): void;
  /** Only says yes or no; runs when the object is complete and valid. */
  validate?(request: AdmissionRequest): void;
}

/** 403 about the request's object, which may not have its final name yet (`admission.NewForbidden`). */
export function forbiddenBy({ kind, object }: AdmissionRequest, message: string): StatusError {
  const { name, generateName } = object.metadata;
  return newForbidden(kind, name || generateName || 'Unknown', message);
}

import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newForbidden, type StatusError } from '../../apimachinery/status-error.ts';
import type { Store } from '../../etcd/store.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import type { Reinvocation } from './webhook/reinvocation.ts';

/**
 * What an admission plugin sees of a write. `object` is a private copy two levels deep (`object.spec.x = …` is fine,
 * what lies deeper may be shared with the store: put new objects there); for DELETE it is what is stored. `old` is what
 * is stored before an UPDATE.
 */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly kind: Kind;
  /** The version in which the client speaks of it; absent: that of `kind`, which is the one that is stored. */
  readonly requestKind?: Kind | undefined;
  /** What of the object is written (`status`, `scale`); absent: the object itself. */
  readonly subresource?: string | undefined;
  /** Name that the client has given; '' where one is to be made up. */
  readonly name: string;
  readonly object: KubeObject;
  readonly old?: KubeObject | undefined;
  readonly user: string;
  /** Whose permissions bound the write; absent for components. */
  readonly userInfo?: UserInfo | undefined;
  readonly store: Store;
  /** Nothing will be stored: nothing may be counted either. */
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
  /** What mutating webhooks have done so far. */
  reinvocation?: Reinvocation | undefined;
  /** Takes what the client is to read beside the answer (`Warning: 299 - "text"`). */
  readonly warn?: ((text: string) => void) | undefined;
}

/** One admission plugin, under the name that --enable-admission-plugins knows. Throws StatusError to refuse. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Whether it is also asked about writes of status. */
  readonly subresources?: boolean;
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

import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Store } from '../../etcd/store.ts';

/** What an admission plugin sees of a write. `object` may be changed; `old` is what is stored. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly kind: Kind;
  readonly object: KubeObject;
  readonly old?: KubeObject;
  readonly user: string;
  readonly store: Store;
}

/** One admission plugin, under the name that --enable-admission-plugins knows. Throws StatusError to refuse. */
export interface AdmissionPlugin {
  readonly name: string;
  admit(request: AdmissionRequest): void;
}

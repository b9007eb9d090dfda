import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Store } from '../../etcd/store.ts';
import type { WriteOptions } from '../write-options.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts';

/** What a write is about. */
export type Write = Pick<AdmissionRequest, 'operation' | 'kind' | 'name' | 'object' | 'old'>;

/** The plugins that every write passes, in their order (k8s.io/apiserver/pkg/admission/chain.go, reinvocation.go). */
export class AdmissionChain {
  readonly #plugins: readonly AdmissionPlugin[];
  /** Those that are asked about writes of status as well: most look at whole objects only. */
  readonly #ofStatus: readonly AdmissionPlugin[];
  readonly #store: Store;

  constructor(plugins: readonly AdmissionPlugin[], store: Store) {
    this.#plugins = plugins;
    this.#ofStatus = plugins.filter(({ subresources }) => subresources === true);
    this.#store = store;
  }

  /** A write as the plugins see it. All have the same members, which makes them cheap: every write of the cluster makes one. */
  request({ operation, kind, name, object, old }: Write, options: WriteOptions): AdmissionRequest {
    const { user, userInfo, dryRun, warn, requestKind, subresource, fieldManager } = options;
    return {
      operation,
      kind,
      requestKind,
      subresource,
      name,
      object,
      old,
      user,
      userInfo,
      store: this.#store,
      dryRun,
      fieldManager,
      reinvocation: undefined,
      warn,
    };
  }

  /**
   * Lets every plugin change the object; all of them once more where a webhook did.
   * @returns whether one did
   * @throws StatusError
   */
  admit(request: AdmissionRequest): boolean {
    for (const plugin of this.#plugins) plugin.admit?.(request);
    if (request.reinvocation?.wanted !== true) return false;
    request.reinvocation.begin();
    for (const plugin of this.#plugins) plugin.admit?.(request);
    return true;
  }

  /** @throws StatusError */
  validate(request: AdmissionRequest): void {
    for (const plugin of this.#plugins) plugin.validate?.(request);
  }

  /**
   * Both steps of a write of status.
   * @returns whether a webhook has changed the object
   * @throws StatusError
   */
  status(kind: Kind, object: KubeObject, old: KubeObject, options: WriteOptions): boolean {
    if (this.#ofStatus.length === 0) return false;
    const write: Write = { operation: 'UPDATE', kind, name: old.metadata.name, object, old };
    const request = this.request(write, options);
    for (const plugin of this.#ofStatus) plugin.admit?.(request);
    for (const plugin of this.#ofStatus) plugin.validate?.(request);
    return request.reinvocation?.wanted === true;
  }
}

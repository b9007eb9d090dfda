import { type NamespacedName, parseKey } from '../apimachinery/object-meta.ts';

/** Pods by what they wait for: a ConfigMap, a Secret, their node. */
export class WaitingPods {
  readonly #waiting = new Map<string, Set<string>>();
  readonly #retries = new Set<string>();

  /**
   * @param object `resource/namespace/name`
   * @param key of the pod
   */
  add(object: string, key: string): void {
    const keys = this.#waiting.get(object) ?? new Set<string>();
    this.#waiting.set(object, keys);
    keys.add(key);
  }

  /** The pods that waited for an object; each of them is to look again. */
  release(object: string): NamespacedName[] {
    const keys = this.#waiting.get(object);
    if (keys === undefined) return [];
    this.#waiting.delete(object);
    for (const key of keys) this.#retries.add(key);
    return [...keys].map(parseKey);
  }

  /** Whether a pod is to look again; says so once. */
  takeRetry(key: string): boolean {
    return this.#retries.delete(key);
  }
}

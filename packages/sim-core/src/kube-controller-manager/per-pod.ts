import type { Pod } from '../api/core-v1/pod.ts';
import type { Service } from '../api/core-v1/service.ts';
import { deepFreeze } from '../apimachinery/deep.ts';

/**
 * Remembers what was made of a pod for a Service, read-only, as long as both are the same objects. Of a thousand
 * endpoints those that did not change stay the very objects that are stored, and comparing them costs nothing.
 */
export class PerPod<V extends object> {
  readonly #made = new WeakMap<Service, WeakMap<Pod, V>>();

  get(service: Service, pod: Pod, make: () => V, isCurrent: (made: V) => boolean = () => true): V {
    const byPod = this.#made.get(service) ?? new WeakMap<Pod, V>();
    this.#made.set(service, byPod);
    const known = byPod.get(pod);
    if (known !== undefined && isCurrent(known)) return known;
    const made = deepFreeze(make());
    byPod.set(pod, made);
    return made;
  }
}

import type { Container, Pod } from '../api/core-v1/pod.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../apimachinery/quantity.ts';

/** Amounts of what a node gives and a pod asks for. */
export interface Resources {
  readonly milliCpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly ephemeralStorage: number;
  /** Most pods of a node; 1 for a pod. */
  readonly pods: number;
}

/** What a pod asks of its node. */
export interface PodRequests {
  /** Of the pod that was read. */
  readonly initContainers: readonly Container[] | undefined;
  readonly asked: Resources;
  /** The same for scoring: containers that ask for nothing count a little (GetNonzeroRequests). */
  readonly counted: Resources;
}

/** What a container without a request counts when nodes are compared: 0.1 CPU, 200 MiB (pkg/scheduler/util/pod_resources.go). */
const COUNTED_AT_LEAST: Readonly<Record<string, number>> = Object.freeze({ cpu: 100, memory: 200 * 1024 * 1024 });

/** Most quantities that are remembered; a cluster uses few different ones. */
const REMEMBERED = 1000;

type List = Readonly<Record<string, string | number>>;
type Read = (list: List | undefined, name: string) => number | undefined;

/** Reads resource lists; the same quantities come by with every pod, so they are read once. */
export class ResourceReader {
  readonly #known = new Map<string, number>();
  readonly #requests = new WeakMap<readonly Container[], PodRequests>();

  /** What a node has to give. Without `status.allocatable` it gives without end. */
  allocatable(list: List | undefined): Resources {
    const read = (name: string) => (list === undefined ? Number.POSITIVE_INFINITY : (this.#read(list, name) ?? 0));
    return {
      milliCpu: read('cpu'),
      memory: read('memory'),
      ephemeralStorage: read('ephemeral-storage'),
      pods: read('pods'),
    };
  }

  /** What the pod asks for. Pods of one template share their containers, and what was read of them. */
  requests({ spec }: Pod): PodRequests {
    const known = this.#requests.get(spec.containers);
    if (known !== undefined && known.initContainers === spec.initContainers) return known;
    const requests: PodRequests = {
      initContainers: spec.initContainers,
      asked: this.#sum(spec, (list, name) => this.#read(list, name)),
      counted: this.#sum(spec, (list, name) => this.#read(list, name) ?? COUNTED_AT_LEAST[name]),
    };
    this.#requests.set(spec.containers, requests);
    return requests;
  }

  /** Its containers together, or its largest init container if that is more (PodRequests). */
  #sum(spec: Pod['spec'], read: Read): Resources {
    const init = spec.initContainers ?? [];
    const running = [...spec.containers, ...init.filter(isSidecar)];
    const passing = init.filter((container) => !isSidecar(container));
    const amount = (name: string) => {
      const of = (container: Container) => read(container.resources?.requests, name) ?? 0;
      const together = running.reduce((sum, container) => sum + of(container), 0);
      return passing.reduce((most, container) => Math.max(most, of(container)), together);
    };
    return {
      milliCpu: amount('cpu'),
      memory: amount('memory'),
      ephemeralStorage: amount('ephemeral-storage'),
      pods: 1,
    };
  }

  #read(list: List | undefined, name: string): number | undefined {
    const text = list?.[name];
    if (text === undefined) return undefined;
    const key = `${name === 'cpu' ? 'cpu' : ''} ${text}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const quantity = parseQuantity(text);
    const value = name === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, value);
    return value;
  }
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

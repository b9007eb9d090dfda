import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import type { Objects } from '../api/objects.ts';
import { imagesOf } from '../binding/runs-image.ts';
import type { Answer, Target } from '../target/target.ts';

/** Names the Service of an EndpointSlice (discovery/v1). */
const SERVICE_NAME = 'kubernetes.io/service-name';
/** Pods that are asked what they answer; with more of them names have to do. */
const MOST_ASKED = 24;

/** A pod that Services lead to. */
interface BackendPod {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  /** `namespace/name` of every Service that leads to it. */
  readonly services: Set<string>;
  readonly images: readonly string[];
}

/** Who gave an answer: the Services that lead to the pod, and the pod where one can be told from its sisters. */
export interface Answerer {
  readonly services: readonly string[];
  /** Images that it runs, as far as all pods that answer so run them. */
  readonly images: readonly string[];
  readonly pod?: string;
}

/**
 * Tells from an answer which Service's pod gave it, as an outsider can: an answer that names the pod, as most programs that are
 * made for looking at do; or one that is the same, letter by letter, as what pods of that Service answer when they are asked
 * through the API server, and no others do.
 */
export class Answerers {
  readonly #pods: readonly BackendPod[];
  readonly #learnt: ReadonlyMap<string, readonly BackendPod[]>;
  readonly #known = new Map<string, Answerer | undefined>();

  private constructor(pods: readonly BackendPod[], learnt: ReadonlyMap<string, readonly BackendPod[]>) {
    this.#pods = pods;
    this.#learnt = learnt;
  }

  /** Asks the pods behind Services what they answer. @param path that is asked for */
  static async learn(target: Target, objects: Objects, services: readonly Service[], path: string): Promise<Answerers> {
    const images = imagesByPod(await objects.all('pods'));
    const pods = backendsOf(services, await objects.all('endpointSlices'), images).sort(
      (a, b) => b.name.length - a.name.length,
    );
    const learnt = new Map<string, BackendPod[]>();
    for (const pod of pods.length > MOST_ASKED ? [] : pods) {
      const { namespace, name, port } = pod;
      const url = `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy${path}`;
      const { status, text } = await target.kubernetes('GET', url);
      if (status < 500) learnt.set(text, [...(learnt.get(text) ?? []), pod]);
    }
    return new Answerers(pods, learnt);
  }

  /** Who gave an answer; undefined when nobody can say. */
  of({ body }: Pick<Answer, 'body'>): Answerer | undefined {
    const known = this.#known.get(body);
    if (known !== undefined || this.#known.has(body)) return known;
    const found = this.#find(body);
    if (this.#known.size < 10_000) this.#known.set(body, found);
    return found;
  }

  #find(body: string): Answerer | undefined {
    const named = this.#pods.find(({ name }) => body.includes(name));
    if (named !== undefined) return { services: [...named.services], images: named.images, pod: named.name };
    const alike = this.#learnt.get(body) ?? [];
    const [first, ...others] = alike;
    if (first === undefined) return undefined;
    const services = [...first.services].filter((service) => others.every((each) => each.services.has(service)));
    const images = first.images.filter((image) => others.every((each) => each.images.includes(image)));
    return services.length === 0 ? undefined : { services, images };
  }
}

/** `namespace/name` → images. */
function imagesByPod(pods: readonly Pod[]): ReadonlyMap<string, readonly string[]> {
  return new Map(pods.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, imagesOf(pod)]));
}

function backendsOf(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  imagesByKey: ReadonlyMap<string, readonly string[]>,
): BackendPod[] {
  const pods = new Map<string, BackendPod>();
  for (const { metadata } of services) {
    const key = `${metadata.namespace}/${metadata.name}`;
    for (const slice of slices) {
      if (`${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}` !== key) continue;
      for (const { targetRef } of slice.endpoints ?? []) {
        const port = slice.ports?.[0]?.port;
        if (targetRef?.kind !== 'Pod' || targetRef.name === undefined || port === undefined) continue;
        const { namespace = '' } = slice.metadata;
        const podKey = `${namespace}/${targetRef.name}`;
        const images = imagesByKey.get(podKey) ?? [];
        const pod = pods.get(podKey) ?? { name: targetRef.name, namespace, port, services: new Set<string>(), images };
        pod.services.add(key);
        pods.set(podKey, pod);
      }
    }
  }
  return [...pods.values()];
}

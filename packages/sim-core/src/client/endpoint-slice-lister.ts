import { type EndpointSlice, endpointSlices, SERVICE_NAME_LABEL } from '../api/discovery-v1/endpoint-slice.ts';
import { keyOf, objectKey } from '../apimachinery/object-meta.ts';
import type { Client } from './client.ts';

const NONE: ReadonlyMap<string, EndpointSlice> = new Map();

/**
 * EndpointSlices by the Service that their label names, kept current by a watch, so that nobody walks through all
 * slices for one Service (what the indexers of kube-proxy and CoreDNS do). Slices that people write by hand count too.
 */
export class EndpointSliceLister {
  readonly #byService = new Map<string, Map<string, EndpointSlice>>();

  constructor(client: Client) {
    for (const slice of client.list(endpointSlices)) this.#add(slice);
    client.watch(endpointSlices, ({ type, object, previous }) => {
      if (previous !== undefined && (type === 'DELETED' || serviceOf(previous) !== serviceOf(object)))
        this.#remove(previous);
      if (type !== 'DELETED') this.#add(object);
    });
  }

  /** Slices of a Service, in the order in which they came. */
  forService(namespace: string, service: string): Iterable<EndpointSlice> {
    return (this.#byService.get(keyOf(namespace, service)) ?? NONE).values();
  }

  #add(slice: EndpointSlice): void {
    const service = serviceOf(slice);
    if (service === undefined) return;
    const slices = this.#byService.get(service) ?? new Map<string, EndpointSlice>();
    this.#byService.set(service, slices);
    slices.set(objectKey(slice), slice);
  }

  #remove(slice: EndpointSlice): void {
    const service = serviceOf(slice);
    const slices = service === undefined ? undefined : this.#byService.get(service);
    slices?.delete(objectKey(slice));
    if (slices?.size === 0) this.#byService.delete(service as string);
  }
}

function serviceOf({ metadata }: EndpointSlice): string | undefined {
  const name = metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? undefined : keyOf(metadata.namespace ?? '', name);
}

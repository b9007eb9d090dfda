import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, objects, text, texts } from '../json.ts';

/** Most addresses that are listed. */
const MOST = 3;

/** EndpointSlices of a Service. */
export async function slicesOf(context: KubectlContext, namespace: string, service: string): Promise<JsonObject[]> {
  const resource = (await context.mapper()).expect('endpointslices.discovery.k8s.io');
  const list = await context.client.get(
    { resource, namespace },
    { labelSelector: `kubernetes.io/service-name=${service}` },
  );
  return objects(list, 'items');
}

/** `10.244.1.2:80,10.244.1.3:80`; at most three, `+ 2 more...` (describe.go formatEndpointSlices). @param port name; undefined for all */
export function endpointsText(slices: readonly JsonObject[], port?: string): string {
  const all = slices.flatMap((slice) =>
    objects(slice, 'ports')
      .filter((each) => port === undefined || text(each, 'name') === port)
      .flatMap((each) =>
        objects(slice, 'endpoints')
          .filter((endpoint) => at(endpoint, 'conditions', 'ready') !== false)
          .flatMap((endpoint) => texts(endpoint, 'addresses').map((address) => `${address}:${text(each, 'port')}`)),
      ),
  );
  if (all.length === 0) return '';
  const more = all.length > MOST ? ` + ${all.length - MOST} more...` : '';
  return `${all.slice(0, MOST).join(',')}${more}`;
}

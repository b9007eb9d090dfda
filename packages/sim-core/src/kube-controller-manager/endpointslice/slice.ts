import type { Service } from '../../api/core-v1/service.ts';
import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  SERVICE_NAME_LABEL,
} from '../../api/discovery-v1/endpoint-slice.ts';
import { newControllerRef } from '../../apimachinery/object-meta.ts';

/** Label that says who writes a slice (discovery.LabelManagedBy). */
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
/** This controller's name there. */
export const MANAGER = 'endpointslice-controller.k8s.io';
/** Label on the slices of a Service without a cluster IP (v1.IsHeadlessService). */
const HEADLESS = 'service.kubernetes.io/headless';

const RESERVED: ReadonlySet<string> = new Set([SERVICE_NAME_LABEL, MANAGED_BY, HEADLESS]);

/** The labels of a Service's slices: the Service's own and the three reserved ones (setEndpointSliceLabels). */
export function sliceLabels({ metadata, spec }: Service): Record<string, string> {
  const own = Object.entries(metadata.labels ?? {}).filter(([key]) => !RESERVED.has(key));
  const headless = spec.clusterIP === 'None';
  return {
    ...Object.fromEntries(own),
    ...(headless && { [HEADLESS]: '' }),
    [SERVICE_NAME_LABEL]: metadata.name,
    [MANAGED_BY]: MANAGER,
  };
}

/** A slice that is yet to be stored, named by the API server (newEndpointSlice). */
export function newEndpointSlice(service: Service, ports: EndpointPort[], endpoints: Endpoint[]): EndpointSlice {
  const { name, namespace = '' } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: '',
      generateName: `${name}-`,
      namespace,
      labels: sliceLabels(service),
      ownerReferences: [newControllerRef(service)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}

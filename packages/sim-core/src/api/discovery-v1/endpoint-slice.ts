import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, listWithMore, NAME } from '../columns.ts';
import type { ObjectReference } from '../core-v1/event.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './endpoint-slice/validation.ts';

/** Label that ties a slice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** discovery.k8s.io/v1 EndpointSlice. */
export interface EndpointSlice {
  apiVersion: 'discovery.k8s.io/v1';
  kind: 'EndpointSlice';
  metadata: ObjectMeta;
  addressType: 'IPv4' | 'IPv6' | 'FQDN';
  endpoints: Endpoint[];
  ports: EndpointPort[];
}

export interface Endpoint {
  addresses: string[];
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  hostname?: string;
  nodeName?: string;
  zone?: string;
  targetRef?: ObjectReference;
}

export interface EndpointPort {
  name?: string;
  protocol?: string;
  port?: number;
  appProtocol?: string;
}

export const endpointSlices = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  generationOf: ({ addressType, endpoints, ports }) => [addressType, endpoints, ports],
  // pkg/apis/discovery/v1/defaults.go SetDefaults_EndpointPort
  setDefaults(slice) {
    slice.endpoints ??= [];
    slice.ports = slice.ports?.map((port) =>
      port.protocol && port.name !== undefined
        ? port
        : { ...port, name: port.name ?? '', protocol: port.protocol || 'TCP' },
    );
  },
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  columns: [
    NAME,
    column('AddressType', ({ addressType }) => addressType),
    column('Ports', ({ ports }) =>
      listWithMore(
        (ports ?? []).map(({ port, name }) => `${port ?? name ?? '*'}`),
        3,
      ),
    ),
    column('Endpoints', ({ endpoints }) =>
      listWithMore(
        (endpoints ?? []).flatMap(({ addresses }) => addresses),
        3,
      ),
    ),
    AGE,
  ],
});

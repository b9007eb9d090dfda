import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { formatEndpoints } from './endpoints/columns.ts';
import { validateEndpoints } from './endpoints/validation.ts';
import type { ObjectReference } from './event.ts';

/** core/v1 Endpoints: the object that EndpointSlice replaced; deprecated since v1.33, still served. */
export interface Endpoints {
  apiVersion: 'v1';
  kind: 'Endpoints';
  metadata: ObjectMeta;
  subsets?: EndpointSubset[];
}

export interface EndpointSubset {
  addresses?: EndpointAddress[];
  notReadyAddresses?: EndpointAddress[];
  ports?: { name?: string; port: number; protocol?: string; appProtocol?: string }[];
}

export interface EndpointAddress {
  ip: string;
  hostname?: string;
  nodeName?: string;
  targetRef?: ObjectReference;
}

export const endpoints = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  singular: 'endpoints',
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  shortNames: ['ep'],
  namespaced: true,
  // pkg/apis/core/v1/defaults.go SetDefaults_Endpoints
  setDefaults(object) {
    object.subsets = object.subsets?.map((subset) => ({
      ...subset,
      ...(subset.ports && { ports: subset.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })) }),
    }));
  },
  validate: validateEndpoints,
  columns: [NAME, column('Endpoints', formatEndpoints), AGE],
});

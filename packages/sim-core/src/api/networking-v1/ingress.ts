import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { loadBalancerAddresses } from '../core-v1/service/columns.ts';
import { formatHosts } from './ingress/columns.ts';
import { validateIngress, validateIngressCreate } from './ingress/validation.ts';
import { warnOfIngress } from './ingress/warnings.ts';

/** networking.k8s.io/v1 Ingress. */
export interface Ingress {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'Ingress';
  metadata: ObjectMeta;
  spec: IngressSpec;
  status?: { loadBalancer?: { ingress?: { hostname?: string; ip?: string }[] } };
}

export interface IngressSpec {
  ingressClassName?: string;
  defaultBackend?: IngressBackend;
  rules?: IngressRule[];
  tls?: { hosts?: string[]; secretName?: string }[];
}

export interface IngressRule {
  host?: string;
  http?: { paths: IngressPath[] };
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface IngressPath {
  path?: string;
  pathType?: PathType;
  backend: IngressBackend;
}

export interface IngressBackend {
  service?: { name: string; port?: { number?: number; name?: string } };
  resource?: { apiGroup?: string; kind: string; name: string };
}

export const ingresses = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  resource: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  hasStatus: true,
  generationOf: (ingress) => ingress.spec,
  prepareForCreate(ingress) {
    ingress.status = { loadBalancer: {} };
  },
  validate: validateIngress,
  validateCreate: validateIngressCreate,
  warnings: warnOfIngress,
  columns: [
    NAME,
    column('Class', ({ spec }) => spec.ingressClassName ?? '<none>'),
    column('Hosts', ({ spec }) => formatHosts(spec.rules ?? [])),
    column('Address', ({ status }) => loadBalancerAddresses(status?.loadBalancer?.ingress)),
    column('Ports', ({ spec }) => ((spec.tls ?? []).length > 0 ? '80, 443' : '80')),
    AGE,
  ],
});

import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { formatParameters } from './ingress-class/columns.ts';
import { validateIngressClass, validateIngressClassUpdate } from './ingress-class/validation.ts';

/** networking.k8s.io/v1 IngressClass. */
export interface IngressClass {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'IngressClass';
  metadata: ObjectMeta;
  spec?: {
    controller?: string;
    parameters?: { apiGroup?: string; kind: string; name: string; namespace?: string; scope?: string };
  };
}

export const ingressClasses = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  resource: 'ingressclasses',
  singular: 'ingressclass',
  namespaced: false,
  generationOf: (ingressClass) => ingressClass.spec,
  // pkg/apis/networking/v1/defaults.go SetDefaults_IngressClass
  setDefaults({ spec }) {
    if (spec?.parameters) spec.parameters = { ...spec.parameters, scope: spec.parameters.scope ?? 'Cluster' };
  },
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
  updateIsCheckedFirst: true,
  columns: [
    NAME,
    column('Controller', ({ spec }) => spec?.controller ?? ''),
    column('Parameters', ({ spec }) => formatParameters(spec?.parameters)),
    AGE,
  ],
});

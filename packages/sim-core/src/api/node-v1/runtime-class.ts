import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkImmutable, checkLabel } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';
import type { Toleration } from '../core-v1/pod.ts';

/** node.k8s.io/v1 RuntimeClass. */
export interface RuntimeClass {
  apiVersion: 'node.k8s.io/v1';
  kind: 'RuntimeClass';
  metadata: ObjectMeta;
  handler: string;
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

export const runtimeClasses = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  resource: 'runtimeclasses',
  singular: 'runtimeclass',
  namespaced: false,
  // pkg/apis/node/validation/validation.go ValidateRuntimeClass
  validate: ({ handler = '' }) => checkLabel('handler', handler),
  validateUpdate: ({ handler }, old) => checkImmutable('handler', handler, old.handler),
  columns: [NAME, column('Handler', ({ handler }) => handler), AGE],
});

import { expect, test } from 'vitest';
import { fieldAt, fieldsAt, kindsOf, type Schemas } from './schema-docs.ts';

const SCHEMAS: Schemas = {
  'io.k8s.Ingress': {
    properties: {
      metadata: { allOf: [{ $ref: '#/components/schemas/io.k8s.ObjectMeta' }], description: 'Standard metadata.' },
      spec: { $ref: '#/components/schemas/io.k8s.IngressSpec' },
    },
    'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' }],
  },
  'io.k8s.ObjectMeta': { properties: { annotations: { type: 'object', additionalProperties: { type: 'string' } } } },
  'io.k8s.IngressSpec': {
    required: ['rules'],
    properties: { rules: { type: 'array', items: { $ref: '#/components/schemas/io.k8s.IngressRule' } } },
  },
  'io.k8s.IngressRule': { properties: { host: { type: 'string', description: 'A host.' }, on: { type: 'boolean' } } },
};

test('fields through references and lists, in the words of kubectl explain', () => {
  expect(kindsOf(SCHEMAS)).toEqual(['Ingress']);
  expect(fieldsAt(SCHEMAS, 'Ingress', ['spec', 'rules']).map(({ name }) => name)).toEqual(['host', 'on']);
  expect(fieldAt(SCHEMAS, 'Ingress', ['spec', 'rules'])).toMatchObject({ type: '[]IngressRule', isRequired: true });
  expect(fieldAt(SCHEMAS, 'Ingress', ['spec', 'rules', 'on'])?.values).toEqual(['true', 'false']);
  expect(fieldAt(SCHEMAS, 'Ingress', ['metadata'])).toMatchObject({ description: 'Standard metadata.' });
  expect(fieldAt(SCHEMAS, 'Ingress', ['metadata', 'annotations'])?.type).toBe('map[string]string');
  expect(fieldAt(SCHEMAS, 'Ingress', ['spec', 'nothing', 'at', 'all'])).toBeUndefined();
  expect(fieldsAt(SCHEMAS, 'Nothing', [])).toEqual([]);
});

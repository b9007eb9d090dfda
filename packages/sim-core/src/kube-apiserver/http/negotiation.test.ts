import { expect, test } from 'vitest';
import { negotiate } from './negotiation.ts';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

test.each([
  [undefined, { form: 'object', encoding: 'json' }],
  ['', { form: 'object', encoding: 'json' }],
  ['*/*', { form: 'object', encoding: 'json' }],
  ['application/json, */*', { form: 'object', encoding: 'json' }],
  ['application/yaml', { form: 'object', encoding: 'yaml' }],
  [`${TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`, { form: 'table', encoding: 'json' }],
  ['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1', { form: 'metadata', encoding: 'json' }],
  ['application/vnd.kubernetes.protobuf,application/json', { form: 'object', encoding: 'json' }],
  ['application/json;as=Table;v=v7;g=meta.k8s.io,application/json', { form: 'object', encoding: 'json' }],
  ['application/vnd.kubernetes.protobuf', undefined],
  ['text/html', undefined],
  ['constructor', undefined],
  ['application/json;as=__proto__;v=v1;g=meta.k8s.io', undefined],
])('%s', (accept, expected) => {
  expect(negotiate(accept)).toEqual(expected);
});

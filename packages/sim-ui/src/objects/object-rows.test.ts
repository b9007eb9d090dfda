import { expect, test } from 'vitest';
import * as make from '../testing/objects.ts';
import { liveRows, matching, printedRows } from './object-rows.ts';

const pod = make.pod({ app: 'web', suffix: '7d9f8-a1b2c' });
const objects = [pod, make.canaryIngress(5), make.service('web', [])];

test('what the feed tells of stands in the order of the map, each with its box', () => {
  const rows = liveRows(objects, '');
  expect(rows.map(({ kind }) => kind)).toEqual(['Ingress', 'Service', 'Pod']);
  expect(rows.at(-1)).toMatchObject({
    name: pod.name,
    namespace: pod.namespace,
    box: `pod:${pod.uid}`,
    resource: 'pod',
  });
  expect(liveRows(objects, 'Service').map(({ name }) => name)).toEqual(['web']);
});

test('a filter looks at kind, namespace, name and state', () => {
  const rows = liveRows(objects, '');
  expect(matching(rows, 'pod/')).toHaveLength(1);
  expect(matching(rows, ' RUNNING')).toHaveLength(1);
  expect(matching(rows, 'nothing')).toEqual([]);
  expect(matching(rows, '')).toBe(rows);
});

test('what kubectl prints is read by its columns', () => {
  const text = [
    'NAMESPACE     NAME              TYPE     DATA   AGE',
    'default       token             Opaque   2      5s',
    'kube-system   a-very-long-one            0      3m12s',
    '',
  ].join('\n');
  expect(printedRows('secrets', text)).toMatchObject([
    { kind: 'secrets', namespace: 'default', name: 'token', state: 'Opaque 2', age: '5s' },
    { namespace: 'kube-system', name: 'a-very-long-one', age: '3m12s' },
  ]);
  expect(printedRows('namespaces', 'NAME      STATUS   AGE\ndefault   Active   5s')).toMatchObject([
    { namespace: '', name: 'default', state: 'Active', age: '5s' },
  ]);
  expect(printedRows('jobs.batch', '')).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import { threeWayMerge } from './three-way-merge.ts';

const type = createSchema(() =>
  JSON.stringify({
    kinds: { 'v1 Pod': 'Pod' },
    types: {
      Pod: { metadata: 'Meta', spec: 'Spec' },
      Meta: { annotations: '{}string', finalizers: { type: '[]string', mergeSet: true } },
      Spec: {
        replicas: 'int32',
        containers: { type: '[]Container', mergeKey: 'name' },
        strategy: { type: 'Strategy', retainKeys: true },
        selector: { type: 'Strategy', replace: true },
      },
      Container: { name: 'string', image: 'string', pull: 'string', env: { type: '[]Container', mergeKey: 'name' } },
      Strategy: { type: 'string', rollingUpdate: 'any' },
    },
  }),
).kind('v1', 'Pod');

describe('the patch that kubectl apply sends', () => {
  it('carries changes with the merge key and the order of the list', () => {
    const last = { spec: { containers: [{ name: 'a', image: 'a:1' }] } };
    const live = { spec: { containers: [{ name: 'a', image: 'a:1', pull: 'Always' }] }, status: {} };
    const next = { spec: { containers: [{ name: 'a', image: 'a:2' }] } };
    expect(threeWayMerge(type, last, live, next)).toEqual({
      patch: { spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'a', image: 'a:2' }] } },
      merged: { spec: { containers: [{ name: 'a', image: 'a:2', pull: 'Always' }] }, status: {} },
    });
  });

  it('removes what only the last manifest had, and only that', () => {
    const last = { metadata: { annotations: { a: '1', b: '2' } }, spec: { replicas: 3 } };
    const live = { metadata: { annotations: { a: '1', b: '2', theirs: 'x' } }, spec: { replicas: 5 } };
    const next = { metadata: { annotations: { a: '1' } }, spec: {} };
    expect(threeWayMerge(type, last, live, next)).toEqual({
      patch: { metadata: { annotations: { b: null } }, spec: { replicas: null } },
      merged: { metadata: { annotations: { a: '1', theirs: 'x' } }, spec: {} },
    });
  });

  it('deletes list items by directive', () => {
    const last = { spec: { containers: [{ name: 'a' }, { name: 'b' }] } };
    const next = { spec: { containers: [{ name: 'b' }] } };
    expect(threeWayMerge(type, last, last, next).patch).toEqual({
      spec: { '$setElementOrder/containers': [{ name: 'b' }], containers: [{ name: 'a', $patch: 'delete' }] },
    });
  });

  it('combines a change and a deletion in one item', () => {
    const last = {
      spec: { containers: [{ name: 'z' }, { name: 'a', image: '1', env: [{ name: 'X' }, { name: 'Y' }] }] },
    };
    const next = { spec: { containers: [{ name: 'n' }, { name: 'a', image: '2', env: [{ name: 'Y' }] }] } };
    const { patch, merged } = threeWayMerge(type, last, last, next);
    expect(merged).toEqual(next);
    expect(patch).toEqual({
      spec: {
        '$setElementOrder/containers': [{ name: 'n' }, { name: 'a' }],
        containers: [
          { name: 'n' },
          { name: 'a', image: '2', '$setElementOrder/env': [{ name: 'Y' }], env: [{ name: 'X', $patch: 'delete' }] },
          { name: 'z', $patch: 'delete' },
        ],
      },
    });
  });

  it('names the keys that stay where kinds of a thing exclude one another', () => {
    const live = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const next = { spec: { strategy: { type: 'Recreate' } } };
    expect(threeWayMerge(type, {}, live, next)).toEqual({
      patch: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
      merged: next,
    });
  });

  it('replaces objects that must not be mixed', () => {
    const live = { spec: { selector: { type: 'a', rollingUpdate: 1 } } };
    expect(threeWayMerge(type, undefined, live, { spec: { selector: { type: 'b' } } }).merged).toEqual({
      spec: { selector: { type: 'b' } },
    });
  });

  it('shortens lists of scalars by a list of their own', () => {
    const last = { metadata: { finalizers: ['a', 'b'] } };
    const live = { metadata: { finalizers: ['a', 'b', 'theirs'] } };
    expect(threeWayMerge(type, last, live, { metadata: { finalizers: ['c', 'a'] } })).toEqual({
      patch: {
        metadata: {
          '$setElementOrder/finalizers': ['c', 'a'],
          '$deleteFromPrimitiveList/finalizers': ['b'],
          finalizers: ['c'],
        },
      },
      merged: { metadata: { finalizers: ['c', 'a', 'theirs'] } },
    });
  });

  it('replaces lists of custom resources', () => {
    const live = { spec: { containers: [{ name: 'a', pull: 'Always' }], other: 1 } };
    const next = { spec: { containers: [{ name: 'b' }] } };
    expect(threeWayMerge(undefined, { spec: { containers: [{ name: 'a' }] } }, live, next)).toEqual({
      patch: { spec: { containers: [{ name: 'b' }] } },
      merged: { spec: { containers: [{ name: 'b' }], other: 1 } },
    });
  });
});

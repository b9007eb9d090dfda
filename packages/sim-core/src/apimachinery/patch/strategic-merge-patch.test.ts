import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import type { JsonObject } from './json-object.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

const type = createSchema(() =>
  JSON.stringify({
    kinds: { 'v1 Pod': 'Pod' },
    types: {
      Pod: { metadata: 'Meta', spec: 'Spec' },
      Meta: { labels: '{}string', finalizers: { type: '[]string', mergeSet: true } },
      Spec: {
        containers: { type: '[]Container', mergeKey: 'name' },
        strategy: { type: 'Strategy', retainKeys: true },
        selector: { type: 'Selector', replace: true },
        tolerations: '[]Container',
      },
      Container: { name: 'string', image: 'string', env: { type: '[]Container', mergeKey: 'name' }, args: '[]string' },
      Strategy: { type: 'string', rollingUpdate: 'any' },
      Selector: { matchLabels: '{}string' },
    },
  }),
).kind('v1', 'Pod');

function patchSpec(spec: JsonObject, patch: JsonObject): unknown {
  return strategicMergePatch(type, { spec }, { spec: patch }).spec;
}

function patchFinalizers(finalizers: string[], patch: JsonObject): unknown {
  return strategicMergePatch(type, { metadata: { finalizers } }, { metadata: patch }).metadata;
}

function names(...list: string[]): JsonObject[] {
  return list.map((name) => ({ name }));
}

describe('lists with a merge key', () => {
  const containers = [
    { name: 'a', image: 'a:1', args: ['x', 'y'] },
    { name: 'b', image: 'b:1' },
  ];

  it('merges items, keeps the others, replaces lists without a key', () => {
    const patch = { containers: [{ name: 'a', args: ['z'] }] };
    expect(patchSpec({ containers }, patch)).toEqual({
      containers: [
        { name: 'a', image: 'a:1', args: ['z'] },
        { name: 'b', image: 'b:1' },
      ],
    });
    expect(patchSpec({ tolerations: names('a') }, { tolerations: names('b') })).toEqual({ tolerations: names('b') });
  });

  it('merges inside of items', () => {
    const before = { containers: [{ name: 'a', env: names('X', 'Y') }] };
    const patch = { containers: [{ name: 'a', env: [{ name: 'Y', image: 'i' }] }] };
    expect(patchSpec(before, patch)).toEqual({
      containers: [{ name: 'a', env: [{ name: 'X' }, { name: 'Y', image: 'i' }] }],
    });
  });

  it('adds, deletes, replaces', () => {
    expect(patchSpec({ containers: names('a', 'b') }, { containers: [{ name: 'a', $patch: 'delete' }] })).toEqual({
      containers: names('b'),
    });
    expect(patchSpec({ containers: names('a', 'b') }, { containers: [{ $patch: 'replace' }, { name: 'c' }] })).toEqual({
      containers: names('c'),
    });
    // New items go in front of the live ones, as in a real cluster.
    expect(patchSpec({ containers: names('a') }, { containers: names('b') })).toEqual({ containers: names('b', 'a') });
    expect(
      patchSpec(
        {},
        {
          containers: [
            { name: 'a', image: null },
            { name: 'b', $patch: 'delete' },
          ],
        },
      ),
    ).toEqual({
      containers: names('a'),
    });
  });

  it('follows $setElementOrder and leaves the items of others where they were', () => {
    const before = { containers: names('a', 'sidecar', 'b') };
    const order = { '$setElementOrder/containers': names('b', 'c', 'a') };
    expect(patchSpec(before, { ...order, containers: names('c') })).toEqual({
      containers: names('sidecar', 'b', 'c', 'a'),
    });
    expect(patchSpec({ containers: names('a', 'b') }, { '$setElementOrder/containers': names('b', 'a') })).toEqual({
      containers: names('b', 'a'),
    });
  });
});

describe('objects', () => {
  it('replaces where the type or the patch says so', () => {
    const before = { selector: { matchLabels: { a: '1' } }, strategy: { type: 'X', rollingUpdate: 1 } };
    expect(patchSpec(before, { selector: { matchLabels: { b: '2' } } })).toMatchObject({
      selector: { matchLabels: { b: '2' } },
    });
    expect(patchSpec(before, { strategy: { $patch: 'replace', type: 'Y' } })).toMatchObject({
      strategy: { type: 'Y' },
    });
    expect(patchSpec(before, { strategy: { $patch: 'delete' } })).toMatchObject({ strategy: {} });
  });

  it('keeps only what $retainKeys names', () => {
    const before = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } };
    expect(patchSpec(before, { strategy: { $retainKeys: ['type'], type: 'Recreate' } })).toEqual({
      strategy: { type: 'Recreate' },
    });
  });

  it('removes with null, and stores no null of its own', () => {
    const labels = { a: '1', b: '2' };
    const patch = { metadata: { labels: { a: null, c: null, d: '4' } } };
    expect(strategicMergePatch(type, { metadata: { labels } }, patch)).toEqual({
      metadata: { labels: { b: '2', d: '4' } },
    });
    expect(strategicMergePatch(type, {}, patch)).toEqual({ metadata: { labels: { d: '4' } } });
  });

  it('changes neither object nor patch, and no prototype', () => {
    const deepFrozen = Object.freeze({
      spec: Object.freeze({ containers: Object.freeze(names('a').map(Object.freeze)) }),
    });
    const patch = Object.freeze({ spec: Object.freeze({ containers: Object.freeze(names('b').map(Object.freeze)) }) });
    expect(strategicMergePatch(type, deepFrozen as JsonObject, patch)).toEqual({
      spec: { containers: names('b', 'a') },
    });
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"metadata":{"labels":{"__proto__":"x"}}}') as JsonObject;
    const result = strategicMergePatch(type, {}, hostile);
    expect(result.polluted).toBeUndefined();
    expect(Object.hasOwn(result, '__proto__')).toBe(true);
  });
});

describe('lists of scalars with merge', () => {
  it('unites, deletes and orders', () => {
    expect(patchFinalizers(['a'], { finalizers: ['b', 'a'] })).toEqual({ finalizers: ['b', 'a'] });
    expect(patchFinalizers(['a', 'b'], { '$deleteFromPrimitiveList/finalizers': ['a'] })).toEqual({
      finalizers: ['b'],
    });
    const all = {
      '$setElementOrder/finalizers': ['c', 'a'],
      '$deleteFromPrimitiveList/finalizers': ['b'],
      finalizers: ['c'],
    };
    expect(patchFinalizers(['a', 'b', 'own'], all)).toEqual({ finalizers: ['c', 'a', 'own'] });
  });
});

describe('malformed patches', () => {
  it.each<[JsonObject, string]>([
    [{ containers: [{ image: 'x' }] }, 'map: map[image:x] does not contain declared merge key: name'],
    [{ containers: ['x'] }, 'expected a map with the merge key name, but received x'],
    [{ strategy: { $patch: 'wipe' } }, 'unknown patch type: wipe in map: map[$patch:wipe]'],
    [{ containers: [{ name: 'a', $patch: 'wipe' }] }, 'unknown patch type: wipe in map: map[$patch:wipe name:a]'],
    [{ containers: [{ name: 'a', $patch: 'merge' }] }, 'merging lists cannot yet be specified in the patch'],
    [{ strategy: { $retainKeys: 'type' } }, 'invalid patch format of retainKeys'],
    [{ strategy: { $retainKeys: [], type: 'x' } }, "patch content doesn't match retainKeys list"],
    [{ '$setElementOrder/containers': 'a' }, 'invalid patch format of setElementOrder list'],
    [{ '$setElementOrder/containers': 'a', containers: [] }, 'invalid patch format of setElementOrder list'],
    [{ '$deleteFromPrimitiveList/containers': 'a' }, 'invalid patch format of primitive list'],
    [
      { '$setElementOrder/containers': names('b', 'a'), containers: names('a', 'b') },
      "The order in patch list:\n[map[name:a] map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:b] map[name:a]]\n",
    ],
  ])('%j', (patch, message) => {
    const spec = { containers: names('a'), strategy: { type: 'x' } };
    expect(() => patchSpec(spec, patch)).toThrowError(
      expect.objectContaining({ message, status: expect.objectContaining({ code: 400 }) }),
    );
  });
});

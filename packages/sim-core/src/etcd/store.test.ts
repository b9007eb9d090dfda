import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { Store, type StoreEvent } from './store.ts';

function pod(namespace: string, name: string, owner?: string): KubeObject {
  const ownerReferences = owner && [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true },
  ];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name, ...(ownerReferences && { ownerReferences }) } };
}

const plainNames = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);
const namesOf = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);

describe('Store', () => {
  test('every write has a revision of its own, which the object carries', () => {
    const store = new Store();
    const first = store.put('pods', pod('a', 'one'));
    const second = store.put('pods', pod('a', 'one'));
    const last = store.remove('pods', 'a', 'one');
    expect([first, second, last].map((object) => object?.metadata.resourceVersion)).toEqual(['1', '2', '3']);
    expect([store.revision, store.size]).toEqual([3, 0]);
    expect(store.remove('pods', 'a', 'one')).toBeUndefined();
    expect(store.revision).toBe(3);
  });

  test('what it holds is read-only, all the way down', () => {
    const stored = new Store().put('pods', {
      ...pod('a', 'one'),
      spec: { containers: [{ name: 'web' }] },
    } as KubeObject) as KubeObject & {
      spec: { containers: { name: string }[] };
    };
    expect(() => {
      stored.metadata.name = 'other';
    }).toThrow(TypeError);
    expect(() => stored.spec.containers.push({ name: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(stored.spec.containers[0] ?? {}, { name: 'x' })).toThrow(TypeError);
  });

  test('watchers hear every change in order, with what was there before; one that stopped hears nothing', () => {
    const store = new Store();
    const heard: string[] = [];
    const describeEvent = ({ type, object, previous, revision }: StoreEvent) =>
      `${type} ${object.metadata.name} ${revision} after ${previous?.metadata.resourceVersion ?? 'nothing'}`;
    const stop = store.watch((resource, event) => heard.push(`${resource} ${describeEvent(event)}`));
    store.put('pods', pod('a', 'one'));
    store.put('pods', pod('a', 'one'));
    store.remove('pods', 'a', 'one');
    stop();
    store.put('pods', pod('a', 'two'));
    expect(heard).toEqual([
      'pods ADDED one 1 after nothing',
      'pods MODIFIED one 2 after 1',
      'pods DELETED one 3 after 2',
    ]);
  });

  test('a watcher that stops another, or writes, disturbs nobody', () => {
    const store = new Store();
    const heard: string[] = [];
    const stops = [
      store.watch((_resource, { object }) => {
        heard.push(`first ${object.metadata.name}`);
        stops[1]?.();
        if (object.metadata.name === 'one') store.put('pods', pod('a', 'two'));
      }),
      store.watch((_resource, { object }) => heard.push(`second ${object.metadata.name}`)),
    ];
    store.put('pods', pod('a', 'one'));
    expect(heard).toEqual(['first one', 'first two', 'second one']);
  });
});

test('agrees with a plain list, whatever is put, re-owned and removed', () => {
  const operation = fc.record({
    do: fc.constantFrom('put', 'put', 'put', 'remove'),
    namespace: fc.constantFrom('a', 'b'),
    name: fc.constantFrom('one', 'two', 'three'),
    owner: fc.constantFrom(undefined, 'x', 'y'),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const store = new Store();
      const plain = new Map<string, { namespace: string; name: string; owner: string | undefined }>();
      for (const { do: what, namespace, name, owner } of operations) {
        const key = `${namespace}/${name}`;
        if (what === 'put') {
          store.put('pods', pod(namespace, name, owner));
          plain.set(key, { namespace, name, owner });
        } else {
          store.remove('pods', namespace, name);
          plain.delete(key);
        }
        const all = [...plain.values()];
        expect(store.size).toBe(all.length);
        for (const each of ['a', 'b'])
          expect(namesOf(store.list('pods', each))).toEqual(plainNames(all.filter((one) => one.namespace === each)));
        for (const uid of ['x', 'y'])
          expect(namesOf(store.listControlledBy('pods', uid)).sort()).toEqual(
            plainNames(all.filter((one) => one.owner === uid)).sort(),
          );
        expect(store.get('pods', namespace, name)?.metadata.name).toBe(plain.get(key)?.name);
        expect(store.list('pods')).toHaveLength(all.length);
      }
      expect(store.list('services')).toEqual([]);
    }),
  );
});

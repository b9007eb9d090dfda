import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ConfigMap, configMaps } from '../api/core-v1/config-map.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { Client } from '../client/client.ts';
import type { Store, StoreWatcher } from '../etcd/store.ts';
import { createTestServer } from '../kube-apiserver/test-server.ts';
import { type Controller, watching } from './controller.ts';
import { Manager } from './manager.ts';

type Watch = Store['watch'];

/** An API server and a manager; `lossy` may stand between the store and the manager. */
function start(lossy: (watch: Watch) => Watch = (watch) => watch) {
  const { store, clock, registry } = createTestServer();
  const failures: string[] = [];
  const manager = new Manager({
    store: {
      watch: lossy((watcher) => store.watch(watcher)),
      get size() {
        return store.size;
      },
    },
    clock,
    clientFor: (user) => new Client(store, registry, user),
    onFailure: (controller, key, error) => failures.push(`${controller} ${key}: ${error}`),
  });
  const client = new Client(store, registry, 'test');
  const put = (name: string, data: Record<string, string>, owner?: KubeObject) => write(client, name, data, owner);
  return { store, clock, manager, client, failures, put };
}

function write(client: Client, name: string, data: Record<string, string>, owner?: KubeObject): void {
  const old = client.get(configMaps, 'default', name);
  if (old !== undefined) return void client.update(configMaps, { ...old, data });
  const { apiVersion, kind, metadata } = owner ?? {};
  const ownerReferences = owner && [
    {
      apiVersion: apiVersion ?? '',
      kind: kind ?? '',
      name: metadata?.name ?? '',
      uid: metadata?.uid ?? '',
      controller: true,
    },
  ];
  client.create(configMaps, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ...(ownerReferences && { ownerReferences }) },
    data,
  });
}

/** Keeps as many children beside a parent as its data says: level-triggered, like every controller here. */
const children: Controller = {
  name: 'children',
  component: 'children',
  for: configMaps,
  owns: [configMaps],
  reconcile({ namespace, name }, { client }) {
    const parent = client.get(configMaps, namespace, name);
    if (parent?.data?.['children'] === undefined) return;
    const wanted = Array.from({ length: Number(parent.data['children']) }, (_, i) => `${name}-${i}`);
    const owned = client.listControlledBy(configMaps, parent).map(({ metadata }) => metadata.name);
    for (const child of owned) if (!wanted.includes(child)) client.delete(configMaps, namespace, child);
    for (const child of wanted) if (!owned.includes(child)) write(client, child, {}, parent);
  },
};

/** Never content: changes what it reads. */
function restless(
  name: string,
  watch: string,
  change: (data: Record<string, string>) => Record<string, string>,
): Controller {
  return {
    name,
    component: name,
    for: configMaps,
    reconcile(key, { client }) {
      const object = client.get(configMaps, key.namespace, key.name);
      if (object !== undefined && key.name === watch) write(client, watch, change(object.data ?? {}));
    },
  };
}

const namesIn = (client: Client) =>
  client
    .list(configMaps, 'default')
    .map(({ metadata }) => metadata.name)
    .sort();

describe('settle', () => {
  test('sees what existed before, what is new, and what an owner’s object has become', () => {
    const { manager, client, put, store } = start();
    put('early', { children: '1' });
    manager.add(children);
    manager.settle();
    put('late', { children: '2' });
    manager.settle();
    client.delete(configMaps, 'default', 'late-0');
    expect(manager.busy).toBe(true);
    manager.settle();
    expect(namesIn(client)).toEqual(['early', 'early-0', 'late', 'late-0', 'late-1']);
    const { revision } = store;
    manager.settle();
    expect([store.revision, manager.busy]).toEqual([revision, false]);
  });

  test('runs controllers in their order, and maps a watched object as it is and as it was', () => {
    const { manager, put } = start();
    const seen: string[] = [];
    const watcher: Controller = {
      name: 'watcher',
      component: 'watcher',
      for: configMaps,
      watches: [
        watching<ConfigMap>(configMaps, ({ data }) => (data?.['of'] ? [{ namespace: 'x', name: data['of'] }] : [])),
      ],
      reconcile: ({ namespace, name }) => void (namespace === 'x' && seen.push(`watcher ${name}`)),
    };
    const other = { ...watcher, name: 'other', watches: [], reconcile: () => void seen.push('other') };
    manager.add(other);
    manager.add(watcher);
    manager.settle();
    seen.length = 0;
    put('a', { of: 'first' });
    manager.settle();
    put('a', { of: 'second' });
    manager.settle();
    expect(seen).toEqual(['other', 'watcher first', 'other', 'watcher first', 'watcher second']);
  });

  test('inside a reconcile does nothing: the outer one goes on', () => {
    const { manager, put } = start();
    let depth = 0;
    manager.add({
      ...children,
      reconcile: () => {
        expect(++depth).toBe(1);
        manager.settle();
        depth--;
      },
    });
    put('a', {});
    put('b', {});
    manager.settle();
    expect(manager.busy).toBe(false);
  });

  test('a reconcile that throws is told and tried again, later and later; the others go on', () => {
    const { manager, put, clock, failures } = start();
    let healthy = false;
    const reconciled: string[] = [];
    manager.add({
      ...children,
      name: 'fragile',
      reconcile: ({ name }) => {
        if (name === 'bad' && !healthy) throw new Error('not yet');
        reconciled.push(name);
      },
    });
    manager.settle();
    put('bad', {});
    put('good', {});
    manager.settle();
    expect(reconciled.at(-1)).toBe('good');
    for (const at of [5, 15, 35]) {
      clock.advanceTo(clock.now() + at);
      manager.settle();
    }
    expect(failures).toHaveLength(4);
    expect(failures[0]).toBe('fragile default/bad: Error: not yet');
    expect(manager.busy).toBe(true);
    healthy = true;
    clock.advanceTo(clock.now() + 100);
    manager.settle();
    expect(reconciled.at(-1)).toBe('bad');
    expect(manager.busy).toBe(false);
  });

  test('requeueAfter comes back; a controller that was stopped does not', () => {
    const { manager, put, clock } = start();
    let count = 0;
    const reconcile = () => {
      count++;
      return { requeueAfter: 1000 };
    };
    const stop = manager.add({ ...children, reconcile });
    put('a', {});
    manager.settle();
    count = 0;
    const second = () => {
      clock.advanceTo(clock.now() + 1000);
      manager.settle();
    };
    second();
    expect(count).toBe(1);
    stop();
    put('b', {});
    second();
    expect(count).toBe(1);
  });
});

describe('a hot loop', () => {
  let world: ReturnType<typeof start>;
  beforeEach(() => {
    world = start();
    world.put('object', { n: '0' });
  });

  test('is an error that names the controller and its object', () => {
    world.manager.add(children);
    world.manager.add(restless('counter', 'object', ({ n }) => ({ n: String(Number(n) + 1) })));
    expect(() => world.manager.settle()).toThrow(/^never settles: .* still at work: .*counter \(default\/object\)/);
  });

  test('of two that undo one another names them', () => {
    world.manager.add(restless('on', 'object', () => ({ n: 'on' })));
    world.manager.add(restless('off', 'object', () => ({ n: 'off' })));
    expect(() => world.manager.settle()).toThrow(/on \(default\/object\)/);
  });

  test('that never stops making objects ends too', () => {
    let made = 0;
    world.manager.add({
      ...children,
      name: 'breeder',
      reconcile: (_key, { client }) => write(client, `o-${made++}`, {}),
    });
    expect(() => world.manager.settle()).toThrow('breeder');
    expect(made).toBeLessThan(100_000);
  });

  test('is told from long work: one step at a time over everything that is stored', () => {
    for (let i = 0; i < 300; i++) world.put(`o-${i}`, {});
    const steps: number[] = [];
    const stepper = (limit: number): Controller =>
      restless('stepper', 'object', ({ n }) => {
        steps.push(Number(n));
        return { n: String(Math.min(Number(n) + 1, limit)) };
      });
    const stop = world.manager.add(stepper(6000));
    world.manager.settle();
    expect(steps).toHaveLength(6001);
    stop();
    world.put('object', { n: '0' });
    world.manager.add(stepper(Number.POSITIVE_INFINITY));
    expect(() => world.manager.settle()).toThrow('stepper');
  });
});

describe('level, not edge', () => {
  const change = fc.record({ name: fc.constantFrom('a', 'b'), children: fc.integer({ min: 0, max: 4 }) });
  const fate = fc.constantFrom('delivered', 'doubled', 'dropped');

  test('events that are doubled or dropped change nothing of where it ends', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.array(fate, { minLength: 1, maxLength: 30 }),
        (changes, fates) => {
          const exact = run(changes, (watch) => watch);
          let number = 0;
          const lossy = run(
            changes,
            (watch) => (watcher) => watch(deliver(watcher, () => fates[number++ % fates.length] ?? '')),
          );
          expect(lossy).toEqual(exact);
        },
      ),
    );
  });

  /** Applies the changes, each settled; in the end everything is looked at once more, as a resync does. */
  function run(changes: readonly { name: string; children: number }[], lossy: (watch: Watch) => Watch): string[] {
    const { manager, client, put, failures } = start(lossy);
    const stop = manager.add(children);
    for (const { name, children: count } of changes) {
      put(name, { children: String(count) });
      manager.settle();
    }
    stop();
    manager.add(children);
    manager.settle();
    expect(failures).toEqual([]);
    return namesIn(client);
  }

  function deliver(watcher: StoreWatcher, nextFate: () => string): StoreWatcher {
    return (resource, event) => {
      const fate = nextFate();
      if (fate === 'dropped') return;
      watcher(resource, event);
      if (fate === 'doubled') watcher(resource, event);
    };
  }
});

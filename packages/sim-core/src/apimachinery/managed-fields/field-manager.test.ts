import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import type { StatusError } from '../status-error.ts';
import { applyToObject, type FieldWrite, type Managed, managedFieldsOfUpdate } from './field-manager.ts';
import { newFieldSet } from './field-set.ts';
import type { ManagedFieldsEntry } from './managers.ts';

const type = createSchema(() =>
  JSON.stringify({
    kinds: { 'v1 Thing': 'Thing' },
    types: {
      Thing: { apiVersion: 'string', kind: 'string', metadata: 'Meta', spec: 'Spec', status: 'Status' },
      Meta: { name: 'string', uid: 'string', labels: '{}string', annotations: '{}string', managedFields: '[]any' },
      Spec: {
        replicas: 'int32',
        selector: 'Selector',
        parts: { type: '[]Part', listMapKeys: ['name'] },
        tags: { type: '[]string', set: true },
        args: '[]string',
        nested: 'Nested',
      },
      Nested: { a: 'string', b: 'string' },
      Selector: { $atomic: 'true', app: 'string' },
      Part: { name: 'string!', image: 'string', limits: '{}quantity' },
      Status: { ready: 'int32' },
    },
  }),
).kind('v1', 'Thing');

const STATUS = newFieldSet(['f:status']);

function write(manager: string, now = '2026-01-01T00:00:00Z', rest: Partial<FieldWrite> = {}): FieldWrite {
  return { type, apiVersion: 'v1', manager, now, resetFields: STATUS, ...rest };
}

function thing(spec: object, metadata: object = {}): Managed {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x', ...metadata }, spec };
}

function stored(object: Managed, by: FieldWrite, live?: Managed): Managed {
  const managedFields = managedFieldsOfUpdate(by, live, object);
  return { ...object, metadata: { ...object.metadata, uid: 'u', managedFields } };
}

function applied(by: FieldWrite, live: Managed | undefined, config: Managed, force = false): Managed {
  const { object, managedFields } = applyToObject(by, live, config, { force });
  return { ...object, metadata: { ...(object.metadata as object), uid: 'u', managedFields } } as Managed;
}

function entries(object: Managed): ManagedFieldsEntry[] {
  return object.metadata.managedFields as ManagedFieldsEntry[];
}

function fieldsOf(object: Managed, manager: string): unknown {
  return entries(object).find((entry) => entry.manager === manager)?.fieldsV1;
}

function conflictOf(run: () => unknown): StatusError {
  try {
    run();
  } catch (error) {
    return error as StatusError;
  }
  throw new Error('no conflict');
}

describe('updates', () => {
  it('give a creator what it named, and nothing of what the server owns', () => {
    const object = stored(thing({ replicas: 1, selector: { app: 'a' } }, { labels: { a: '1' } }), write('me'));
    expect(entries(object)).toEqual([
      {
        manager: 'me',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
          'f:spec': { 'f:replicas': {}, 'f:selector': {} },
        },
      },
    ]);
  });

  it('move fields to who changes them, and leave alone who changes nothing', () => {
    const live = stored(thing({ replicas: 1, args: ['x'] }), write('a'));
    const same = stored(thing({ replicas: 1, args: ['x'] }), write('b', '2026-01-01T00:00:09Z'), live);
    expect(entries(same)).toEqual(entries(live));
    const changed = stored(thing({ replicas: 2, args: ['x'] }), write('b', '2026-01-01T00:00:09Z'), live);
    expect(fieldsOf(changed, 'a')).toEqual({ 'f:spec': { 'f:args': {} } });
    expect(fieldsOf(changed, 'b')).toEqual({ 'f:spec': { 'f:replicas': {} } });
  });

  it('take from everybody what is gone', () => {
    const live = stored(thing({ replicas: 1, parts: [{ name: 'p', image: 'i' }] }), write('a'));
    const after = stored(thing({ parts: [] }), write('b'), live);
    // An empty list in place of one with items is still there, and nobody's.
    expect(entries(after).map(({ manager }) => manager)).toEqual(['a']);
    expect(fieldsOf(after, 'a')).toEqual({ 'f:spec': { 'f:parts': {} } });
  });

  it('keep entries of subresources apart and never own what they reset', () => {
    const live = stored(thing({ replicas: 1 }), write('a'));
    const ready = { ...live, status: { ready: 1 } } as Managed;
    const byStatus = write('a', undefined, { subresource: 'status', resetFields: newFieldSet(['f:spec']) });
    const after = stored(ready, byStatus, live);
    expect(entries(after).map(({ subresource }) => subresource)).toEqual([undefined, 'status']);
    const sent = { ...live, status: { ready: 5 }, spec: { replicas: 2 } } as Managed;
    expect(fieldsOf(stored(sent, write('b'), live), 'b')).toEqual({ 'f:spec': { 'f:replicas': {} } });
  });

  it('forget all when asked, and then track nothing', () => {
    const live = stored(thing({ replicas: 1 }), write('a'));
    for (const managedFields of [[], [{}]]) {
      const asked = { ...live, metadata: { ...live.metadata, managedFields } };
      expect(managedFieldsOfUpdate(write('b'), live, asked)).toBeUndefined();
    }
    const kept = { ...live, metadata: { ...live.metadata, managedFields: [{ operation: 'Nonsense' }] } } as Managed;
    expect(managedFieldsOfUpdate(write('b'), live, kept)).toEqual(entries(live));
  });

  it('join the oldest of more than ten', () => {
    let live = stored(thing({ tags: ['t0'] }), write('m0'));
    for (let i = 1; i < 13; i++) {
      const tags = Array.from({ length: i + 1 }, (_, index) => `t${index}`);
      live = stored(thing({ tags }), write(`m${i}`, `2026-01-01T00:00:${String(i).padStart(2, '0')}Z`), live);
    }
    expect(entries(live).map(({ manager }) => manager)).toEqual([
      'ancient-changes',
      ...Array.from({ length: 9 }, (_, index) => `m${index + 4}`),
    ]);
    expect(fieldsOf(live, 'ancient-changes')).toEqual({
      'f:spec': { 'f:tags': { '.': {}, 'v:"t0"': {}, 'v:"t1"': {}, 'v:"t2"': {}, 'v:"t3"': {} } },
    });
  });
});

describe('applies', () => {
  it('create, and own exactly what they name', () => {
    const object = applied(write('a'), undefined, thing({ replicas: 1, parts: [{ name: 'p' }], nested: {} }));
    expect(entries(object)[0]).toMatchObject({ manager: 'a', operation: 'Apply' });
    expect(fieldsOf(object, 'a')).toEqual({
      'f:spec': { 'f:nested': {}, 'f:parts': { 'k:{"name":"p"}': { '.': {}, 'f:name': {} } }, 'f:replicas': {} },
    });
  });

  it('take off what they named before and nobody else has', () => {
    const first = applied(write('a'), undefined, thing({ replicas: 1, nested: { a: '1' }, parts: [{ name: 'p' }] }));
    const other = applied(write('b'), first, thing({ parts: [{ name: 'p', image: 'i' }, { name: 'q' }] }));
    expect(other.spec).toMatchObject({ parts: [{ name: 'p', image: 'i' }, { name: 'q' }] });
    const second = applied(write('a'), other, thing({ replicas: 1 }));
    expect(second.spec).toEqual({ replicas: 1, parts: [{ name: 'p', image: 'i' }, { name: 'q' }] });
    expect(applied(write('b'), second, thing({ parts: [{ name: 'q' }] })).spec).toEqual({
      replicas: 1,
      parts: [{ name: 'q' }],
    });
  });

  it('keep what others added beside theirs', () => {
    const first = applied(write('a'), undefined, thing({ nested: { a: '1' } }));
    const edited = stored(thing({ nested: { a: '1', b: '2' } }), write('edit'), first);
    expect(applied(write('a'), edited, thing({})).spec).toEqual({ nested: { b: '2' } });
  });

  it('conflict where another manager owns what they would change', () => {
    const live = stored(thing({ replicas: 1, nested: { a: '1' } }), write('kubectl-client-side-apply'));
    const one = conflictOf(() => applied(write('a'), live, thing({ replicas: 2 })));
    expect(one.status).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .spec.replicas',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-client-side-apply" using v1',
            field: '.spec.replicas',
          },
        ],
      },
      code: 409,
    });
    const two = conflictOf(() => applied(write('a'), live, thing({ replicas: 2, nested: { a: '2' } })));
    expect(two.message).toBe(
      'Apply failed with 2 conflicts: conflicts with "kubectl-client-side-apply" using v1:\n- .spec.replicas\n- .spec.nested.a',
    );
    const forced = applied(write('a'), live, thing({ replicas: 2 }), true);
    expect(forced.spec).toEqual({ replicas: 2, nested: { a: '1' } });
    expect(fieldsOf(forced, 'kubectl-client-side-apply')).toEqual({
      'f:spec': { 'f:nested': { '.': {}, 'f:a': {} } },
    });
  });

  it('share what they say alike', () => {
    const first = applied(write('a'), undefined, thing({ replicas: 1 }));
    const both = applied(write('b'), first, thing({ replicas: 1 }));
    expect(conflictOf(() => applied(write('a'), both, thing({ replicas: 2 }))).message).toBe(
      'Apply failed with 1 conflict: conflict with "b": .spec.replicas',
    );
    expect(applied(write('a'), both, thing({})).spec).toEqual({ replicas: 1 });
  });

  it('let kubectl take over what its client-side apply has set, and keep its annotation', () => {
    const key = 'kubectl.kubernetes.io/last-applied-configuration';
    const manifest = thing({ replicas: 1, nested: { a: '1' } });
    const live = stored(
      thing({ replicas: 1, nested: { a: '1' } }, { annotations: { [key]: JSON.stringify(manifest) } }),
      write('kubectl-client-side-apply'),
    );
    const edited = stored({ ...live, spec: { replicas: 1, nested: { a: '5' } } }, write('edit'), live);
    const after = applied(write('kubectl'), edited, thing({ replicas: 3, nested: { a: '5' } }));
    expect(after.spec).toEqual({ replicas: 3, nested: { a: '5' } });
    expect((after.metadata as { annotations?: Record<string, string> }).annotations?.[key]).toBe(
      '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"x"},"spec":{"nested":{"a":"5"},"replicas":3}}\n',
    );
    expect(conflictOf(() => applied(write('kubectl'), edited, thing({ nested: { a: '6' } }))).message).toContain(
      'conflict with "edit" using v1: .spec.nested.a',
    );
    expect(conflictOf(() => applied(write('else'), edited, thing({ replicas: 3 }))).status.code).toBe(409);
  });

  it('own before-first-apply what was there when nobody tracked', () => {
    const live = thing({ replicas: 1, args: ['x'] }, { uid: 'u' });
    const after = applied(write('a'), live, thing({ replicas: 1 }));
    expect(fieldsOf(after, 'before-first-apply')).toEqual({ 'f:spec': { 'f:args': {}, 'f:replicas': {} } });
  });

  it('keep their time while nothing changes', () => {
    const first = applied(write('a', '2026-01-01T00:00:00Z'), undefined, thing({ replicas: 1 }));
    const again = applied(write('a', '2026-01-02T00:00:00Z'), first, thing({ replicas: 1 }));
    expect(entries(again)).toEqual(entries(first));
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import { applyToObject, type Managed } from './field-manager.ts';

const type = createSchema(() =>
  JSON.stringify({
    kinds: { 'v1 Thing': 'Thing' },
    types: {
      Thing: { apiVersion: 'string', kind: 'string', metadata: 'Meta', spec: 'Spec' },
      Meta: { name: 'string', managedFields: '[]any' },
      Spec: {
        a: 'int32',
        b: 'int32',
        items: { type: '[]Item', listMapKeys: ['name'] },
        set: { type: '[]string', set: true },
        list: '[]string',
        map: '{}string',
        one: 'Nested',
      },
      Item: { name: 'string!', x: 'int32', y: 'int32' },
      Nested: { x: 'int32', y: 'int32' },
    },
  }),
).kind('v1', 'Thing');

const number = fc.integer({ min: 0, max: 2 });
const name = fc.constantFrom('p', 'q', 'r');
const spec = fc.record(
  {
    a: number,
    b: number,
    items: fc.uniqueArray(fc.record({ name, x: number, y: number }, { requiredKeys: ['name'] }), {
      selector: (item) => item.name,
      maxLength: 3,
    }),
    set: fc.uniqueArray(name, { maxLength: 3 }),
    list: fc.array(name, { maxLength: 2 }),
    map: fc.dictionary(name, name, { maxKeys: 3 }),
    // Never empty: upstream too takes an object off whose last field goes, although it is named.
    one: fc.record({ x: number, y: number }, { requiredKeys: ['x'] }),
  },
  { requiredKeys: [] },
);

function thing(fields: object): Managed {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x' }, spec: fields };
}

function apply(manager: string, live: Managed | undefined, fields: object, force = false): Managed {
  const write = { type, apiVersion: 'v1', manager, now: '2026-01-01T00:00:00Z' };
  const { object, managedFields } = applyToObject(write, live, thing(fields), { force });
  return { ...object, metadata: { ...(object.metadata as object), managedFields } } as Managed;
}

/** The names of the items of a list, or the values of a set. */
function namesOf(object: Managed, list: string): unknown[] {
  const value = ((object.spec ?? {}) as Record<string, unknown>)[list];
  return (Array.isArray(value) ? value : []).map((item: { name?: string }) => item.name ?? item);
}

it('applying twice is applying once', () => {
  fc.assert(
    fc.property(spec, spec, (before, fields) => {
      const live = apply('a', apply('b', undefined, before), fields, true);
      expect(apply('a', live, fields)).toEqual(live);
    }),
  );
});

it('managers of different fields never conflict and take nothing from one another', () => {
  const left = spec.map(({ a, items, map, one }) => ({
    a,
    items: items?.filter((item) => item.name === 'p'),
    map,
    one,
  }));
  const right = spec.map(({ b, items, set, list }) => ({
    b,
    items: items?.filter((item) => item.name !== 'p'),
    set,
    list,
  }));
  fc.assert(
    fc.property(left, right, left, (first, other, second) => {
      const both = apply('r', apply('l', undefined, first), other);
      const again = apply('l', both, second);
      const { b, set, list } = (again.spec ?? {}) as Record<string, unknown>;
      expect(JSON.stringify({ b, set, list })).toBe(JSON.stringify({ b: other.b, set: other.set, list: other.list }));
      expect(namesOf(again, 'items')).toEqual(expect.arrayContaining(other.items?.map((item) => item.name) ?? []));
      apply('r', again, other);
    }),
  );
});

it('what was named is there, what only this manager named and no longer does is gone', () => {
  fc.assert(
    fc.property(spec, spec, (first, second) => {
      const live = apply('a', apply('a', undefined, first), second);
      const { list, map, set, items, ...scalars } = second;
      expect(live.spec ?? {}).toMatchObject({ ...scalars, ...(list && { list }) });
      expect(namesOf(live, 'items')).toEqual(items?.map((item) => item.name) ?? []);
      expect(namesOf(live, 'set')).toEqual(set ?? []);
      expect((live.spec as typeof second | undefined)?.map ?? {}).toEqual(map ?? {});
    }),
  );
});

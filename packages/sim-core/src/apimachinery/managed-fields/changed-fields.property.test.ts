import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import { changedFields } from './changed-fields.ts';
import { compare } from './compare.ts';
import { isEmpty, union } from './field-set.ts';
import { encodeFieldsV1 } from './fields-v1.ts';
import { rootPlace } from './structure.ts';

const place = rootPlace(
  createSchema(() =>
    JSON.stringify({
      kinds: { 'v1 Thing': 'Thing' },
      types: {
        Thing: {
          a: 'int32',
          items: { type: '[]Item', listMapKeys: ['name'] },
          set: { type: '[]string', set: true },
          list: '[]string',
          map: '{}string',
          one: 'Thing',
          free: 'any',
        },
        Item: { name: 'string!', x: 'int32', deep: 'Thing' },
      },
    }),
  ).kind('v1', 'Thing'),
);

const name = fc.constantFrom('p', 'q', '10', '9');
const { thing } = fc.letrec<{ thing: object; item: object }>((tie) => ({
  thing: fc.record(
    {
      a: fc.option(fc.integer({ min: 0, max: 1 })),
      items: fc.option(fc.array(tie('item'), { maxLength: 2 })),
      set: fc.array(name, { maxLength: 2 }),
      list: fc.option(fc.array(name, { maxLength: 2 })),
      map: fc.option(fc.dictionary(name, name, { maxKeys: 2 })),
      one: fc.option(tie('thing'), { depthIdentifier: 'thing' }),
      free: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  ),
  item: fc.record({ name, x: fc.integer({ min: 0, max: 1 }), deep: tie('thing') }, { requiredKeys: ['name'] }),
}));

it('is what a comparison adds and changes', () => {
  fc.assert(
    fc.property(thing, thing, (before, after) => {
      const { added, modified } = compare(place, before, after);
      const changed = union(added, modified);
      const expected = isEmpty(changed) ? undefined : encodeFieldsV1(changed);
      expect(JSON.stringify(changedFields(place, before, after))).toBe(JSON.stringify(expected));
    }),
  );
});

import { expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import { rootPlace } from './structure.ts';
import { joinTypedErrors, typedErrors } from './typed-errors.ts';

const type = createSchema(() =>
  JSON.stringify({
    kinds: { 'v1 Thing': 'Thing' },
    types: {
      Thing: {
        count: 'int32',
        on: 'bool',
        text: 'string',
        size: 'quantity',
        labels: '{}string',
        free: 'any',
        parts: { type: '[]Part', listMapKeys: ['name'] },
        ports: { type: '[]Part', listMapKeys: ['count', 'protocol'] },
        names: { type: '[]string', set: true },
      },
      Part: { name: 'string', count: 'int32', protocol: 'string' },
    },
  }),
).kind('v1', 'Thing');

it.each<[object, string[]]>([
  [{ replica: 1 }, ['.replica: field not declared in schema']],
  [{ count: 'x' }, ['.count: expected numeric (int or float), got string']],
  [{ on: 'x' }, ['.on: expected boolean, got &{x}']],
  [{ text: true }, ['.text: expected string, got &value.valueUnstructured{Value:true}']],
  [{ labels: { a: 1 } }, ['.labels.a: expected string, got &value.valueUnstructured{Value:1}']],
  [{ labels: ['a'] }, ['.labels: expected map, got &{[a]}']],
  [{ parts: { name: 'a' } }, ['.parts: expected list, got &{map[name:a]}']],
  [{ parts: [{ name: 'a', image: 'i' }] }, ['.parts[name="a"].image: field not declared in schema']],
  [{ parts: [{ name: 'a' }, { name: 'a' }] }, ['.parts: duplicate entries for key [name="a"]']],
  [{ names: ['a', 'a'] }, ['.names: duplicate entries for key [="a"]']],
  [
    { parts: [{}] },
    [
      '.parts: element 0: associative list with keys has an element that omits key field "name" (and doesn\'t have default value)',
    ],
  ],
  [{ ports: [{ count: 80 }], size: 1, free: { any: ['thing'] }, text: null, labels: null }, []],
])('%j', (value, errors) => expect(typedErrors(rootPlace(type), value)).toEqual(errors));

it('joins several', () => {
  expect(joinTypedErrors(typedErrors(rootPlace(type), { count: 'x', on: 1 }))).toBe(
    'errors:\n  .count: expected numeric (int or float), got string\n  .on: expected boolean, got &{1}',
  );
});

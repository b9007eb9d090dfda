import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  difference,
  EMPTY_SET,
  equalSets,
  type FieldSet,
  has,
  intersection,
  isEmpty,
  newFieldSet,
  pathsOf,
  recursiveDifference,
  union,
} from './field-set.ts';
import { decodeFieldsV1, encodeFieldsV1 } from './fields-v1.ts';
import { fieldElement, keyElement, printPath, valueElement } from './path-element.ts';

const scalar = fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: 0, max: 3 }));
const element = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', 'constructor', '.').map(fieldElement),
  fc.record({ name: scalar }).map(keyElement),
  scalar.map(valueElement),
  fc.constantFrom('i:0', 'i:1'),
);
const path = fc.array(element, { minLength: 1, maxLength: 4 });
const set: fc.Arbitrary<FieldSet> = fc.array(path, { maxLength: 8 }).map((paths) => newFieldSet(...paths));

const textOf = (fields: FieldSet): string[] => pathsOf(fields).map((each) => each.join('/'));

describe('fieldsV1', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(set, (fields) => {
        const text = JSON.stringify(encodeFieldsV1(fields));
        const back = decodeFieldsV1(JSON.parse(text));
        expect(textOf(back)).toEqual(textOf(fields));
        expect(JSON.stringify(encodeFieldsV1(back))).toBe(text);
      }),
    );
  });

  it('is in the order and form of a real server', () => {
    const fields = newFieldSet(
      ['f:spec', 'f:ports'],
      ['f:spec', 'f:ports', keyElement({ protocol: 'TCP', port: 443 })],
      ['f:spec', 'f:ports', keyElement({ port: 80, protocol: 'TCP' }), 'f:port'],
    );
    expect(JSON.stringify(encodeFieldsV1(fields))).toBe(
      '{"f:spec":{"f:ports":{".":{},"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{"f:port":{}},"k:{\\"port\\":443,\\"protocol\\":\\"TCP\\"}":{}}}}',
    );
  });

  it.each([[null], [[]], [{ spec: {} }], [{ 'k:{': {} }], [{ 'i:x': {} }], [{ 'f:a': 1 }]])('refuses %j', (fields) => {
    expect(() => decodeFieldsV1(fields)).toThrow();
  });

  it('refuses what is too deep without crashing', () => {
    const deep = `${'{"f:a":'.repeat(5000)}{}${'}'.repeat(5000)}`;
    expect(() => decodeFieldsV1(JSON.parse(deep))).toThrow('too deep');
  });
});

describe('sets', () => {
  it('obey the laws of sets', () => {
    fc.assert(
      fc.property(set, set, path, (a, b, where) => {
        expect(has(union(a, b), where)).toBe(has(a, where) || has(b, where));
        expect(has(intersection(a, b), where)).toBe(has(a, where) && has(b, where));
        expect(has(difference(a, b), where)).toBe(has(a, where) && !has(b, where));
        expect(equalSets(union(difference(a, b), intersection(a, b)), a)).toBe(true);
        expect(equalSets(union(a, b), union(b, a))).toBe(true);
        expect(isEmpty(difference(a, a))).toBe(true);
        expect(equalSets(recursiveDifference(a, EMPTY_SET), a)).toBe(true);
      }),
    );
  });

  it('lose what is below a field in the recursive difference only', () => {
    const fields = newFieldSet(['f:status', 'f:replicas'], ['f:spec']);
    const status = newFieldSet(['f:status']);
    expect(textOf(difference(fields, status))).toEqual(['f:spec', 'f:status/f:replicas']);
    expect(textOf(recursiveDifference(fields, status))).toEqual(['f:spec']);
  });
});

it('prints paths as conflicts name them', () => {
  const containers = ['f:spec', 'f:containers', keyElement({ name: 'web' }), 'f:image'];
  expect(printPath(containers)).toBe('.spec.containers[name="web"].image');
  expect(printPath(['f:ports', keyElement({ protocol: 'TCP', port: 80 })])).toBe('.ports[port=80,protocol="TCP"]');
  expect(printPath(['f:metadata', 'f:finalizers', valueElement('a/b')])).toBe('.metadata.finalizers[="a/b"]');
});

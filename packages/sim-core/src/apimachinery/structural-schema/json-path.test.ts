import { expect, test } from 'vitest';
import { parseJsonPath } from './json-path.ts';

const object = {
  spec: {
    'a.b': 1,
    list: [
      { name: 'x', n: 1 },
      { name: 'y', n: 2 },
    ],
    host: ['h'],
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Other', status: 'False' },
    ],
  },
};

test.each([
  ['.spec.host', ['h']],
  ['.spec.list[1].name', 'y'],
  ['.spec.list[-1].n', 2],
  ['.spec.list[*].name', 'x'],
  [".spec['a.b']", 1],
  ['.spec.a\\.b', 1],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  [".status.conditions[?(@.type == 'Other')].status", 'False'],
  ['.spec.list[?(@.n>1)].name', 'y'],
  ['.spec.none.deeper', undefined],
])('%s', (path, value) => {
  expect(parseJsonPath(path)?.(object)).toEqual(value);
});

test.each(['spec.a', '.spec[', '.spec[?(@.a)]', '..spec', '{.spec}'])('%s cannot be read', (path) => {
  expect(parseJsonPath(path)).toBeUndefined();
});

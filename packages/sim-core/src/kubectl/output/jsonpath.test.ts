import { expect, test } from 'vitest';
import { jsonpath } from './jsonpath.ts';

const LIST = {
  kind: 'List',
  items: [
    { name: 'a', ready: true, n: 1, labels: { 'a.b/c': 'x' } },
    { name: 'b', ready: false, n: 2 },
    { name: 'c', ready: true, n: 3 },
  ],
};

// client-go util/jsonpath jsonpath_test.go has the like of these.
test.each([
  ['text {.kind} end', 'text List end'],
  ['{.items[*].name}', 'a b c'],
  ['{.items[0].name}{"\\t"}{.items[-1].name}', 'a\tc'],
  ['{.items[0:2].name}', 'a b'],
  ['{.items[0,2].name}', 'a c'],
  ['{range .items[*]}{.name}={.n}{"\\n"}{end}', 'a=1\nb=2\nc=3\n'],
  ['{.items[?(@.n>1)].name}', 'b c'],
  ['{.items[?(@.name=="b")].n}', '2'],
  ['{.items[?(@.ready==true)].name}', 'a c'],
  ['{.items[?(@.labels)].name}', 'a'],
  ['{.items[0].labels.a\\.b/c}', 'x'],
  ["{.items[0]['name']}", 'a'],
  ['{..name}', 'a b c'],
  ['{.nothing}', ''],
  ['{.items[1]}', '{"n":2,"name":"b","ready":false}'],
  ['{$.kind}', 'List'],
])('%s', (template, printed) => expect(jsonpath(template, LIST)).toBe(printed));

test('what is no template says why', () => {
  expect(() => jsonpath('{.a', {})).toThrow('unclosed action');
  expect(() => jsonpath('{range .items[*]}', LIST)).toThrow('unterminated range');
  expect(() => jsonpath('{.items[9]}', LIST)).toThrow('array index out of bounds: index 9, length 3');
});

import { describe, expect, it } from 'vitest';
import type { Path } from './document.ts';
import type { Scalar } from './edit-scalar.ts';
import { editScalar } from './edit-scalar.ts';

const WEIGHT: Path = ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary-weight'];
const CANARY = `# The canary
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "5"   # percent
spec:
  ingressClassName: nginx
`;

describe('editScalar', () => {
  it("changes the annotation's value and keeps its quotes and comment", () => {
    expect(editScalar(CANARY, 0, WEIGHT, '20')).toBe(CANARY.replace('"5"   # percent', '"20"   # percent'));
  });

  it('finds the document, behind a byte order mark and with Windows line ends too', () => {
    const text = `\uFEFF# c\r\n---\r\na: 1\r\n---\r\n${CANARY.replaceAll('\n', '\r\n')}---\r\nb: 2\r\n`;
    expect(editScalar(text, 1, WEIGHT, '50')).toBe(text.replace('"5"', '"50"'));
  });

  it.each<readonly [string, Path, Scalar, string]>([
    ['a: x # c\n', ['a'], 'z', 'a: z # c\n'],
    ['a: x\n', ['a'], 'yes', 'a: "yes"\n'],
    ['a: x\n', ['a'], '5', 'a: "5"\n'],
    ['a: x\n', ['a'], 5, 'a: 5\n'],
    ['a: 5\n', ['a'], '5', 'a: "5"\n'],
    ["a: 'x'\n", ['a'], "it's", "a: 'it''s'\n"],
    ["a: 'x'\n", ['a'], 'two\nlines', 'a: "two\\nlines"\n'],
    ['a: "x"\n', ['a'], 'say "y"', 'a: "say \\"y\\""\n'],
    ['a: x\n', ['a'], 'b: c', 'a: "b: c"\n'],
    ['a: x\n', ['a'], '# c', 'a: "# c"\n'],
    ['a: x\n', ['a'], null, 'a: null\n'],
    ['a: x\n', ['a'], true, 'a: true\n'],
    ['{a: [x, y]}\n', ['a', 1], 'b, c', '{a: [x, "b, c"]}\n'],
    ['a:\n- x\n- y # c\n', ['a', 1], 'z', 'a:\n- x\n- z # c\n'],
    ['a: !!str 5\n', ['a'], '6', 'a: !!str 6\n'],
    ['a: # none yet\nb: 1\n', ['a'], 'x', 'a: x # none yet\nb: 1\n'],
    ['a:\n', ['a'], 'x', 'a: x\n'],
    ['a: |\n  one\n  two\nb: 1\n', ['a'], 'three\nfour\n', 'a: |\n  three\n  four\nb: 1\n'],
    ['a: |- # c\n    one\nb: 1\n', ['a'], 'three\n\nfour', 'a: |- # c\n    three\n\n    four\nb: 1\n'],
    ['a: >\n  one\n  two\nb: 1\n', ['a'], 'one', 'a: |-\n  one\nb: 1\n'],
    ['a: |\n  one\nb: 1\n', ['a'], ' lead', 'a: " lead"\nb: 1\n'],
    ['a: |\n  one\nb: 1\n', ['a'], 5, 'a: 5\nb: 1\n'],
    ['a: &x 1\nb: *x\n', ['b'], 2, 'a: &x 1\nb: 2\n'],
    ['args: [\n  "a",\n  "b"\n]\n', ['args', 1], 'c', 'args: [\n  "a",\n  "c"\n]\n'],
  ])('%j: %j = %j', (text, path, value, expected) => {
    expect(editScalar(text, 0, path, value)).toBe(expected);
  });

  it.each<readonly [string, string, Path]>([
    ['a path that is not there', 'a: 1\n', ['b']],
    ['a mapping', 'a: {b: 1}\n', ['a']],
    ['an anchor that is used elsewhere', 'a: &x 1\nb: *x\n', ['a']],
    ['a value that is written elsewhere', 'a: &x {b: 1}\nc: *x\n', ['c', 'b']],
    ['a document that cannot be read', 'a: "x\n', ['a']],
  ])('refuses %s', (_, text, path) => {
    expect(editScalar(text, 0, path, 'x')).toBeUndefined();
  });

  it('refuses a document that is not there', () => {
    expect(editScalar('a: 1\n', 1, ['a'], 2)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Path } from './document.ts';
import { setField } from './set-field.ts';

const REPLICAS: Path = ['spec', 'replicas'];
const WEB = `# The shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec: # see the README
  # how its pods are found
  selector:
    matchLabels: { app: web }
`;

describe('setField', () => {
  it('changes a value that is there and keeps its comment', () => {
    const text = WEB.replace('selector:', 'replicas: 2   # enough\n  selector:');
    expect(setField(text, 0, REPLICAS, 0)).toBe(text.replace('replicas: 2 ', 'replicas: 0 '));
  });

  it('adds a line below the key of the mapping; comments stay with what they speak of', () => {
    const added = WEB.replace('see the README\n', 'see the README\n  replicas: 3\n');
    expect(setField(WEB, 0, REPLICAS, 3)).toBe(added);
    const text = `\uFEFFa: 1\n---\n${WEB}`.replaceAll('\n', '\r\n');
    expect(setField(text, 1, REPLICAS, 3)).toBe(`\uFEFFa: 1\n---\n${added}`.replaceAll('\n', '\r\n'));
  });

  it.each<readonly [string, Path, string]>([
    ['spec: {a: 1}\n', REPLICAS, 'spec: {replicas: 3, a: 1}\n'],
    ['{"spec": { "a": 1 }}\n', REPLICAS, '{"spec": { "replicas": 3, "a": 1 }}\n'],
    ['spec:\n\n  a: 1\n', REPLICAS, 'spec:\n  replicas: 3\n\n  a: 1\n'],
    ['spec:\n  replicas:\n  a: 1\n', REPLICAS, 'spec:\n  replicas: 3\n  a: 1\n'],
    [
      'items:\n- kind: A\n- spec:\n    a: 1\n',
      ['items', 1, ...REPLICAS],
      'items:\n- kind: A\n- spec:\n    replicas: 3\n    a: 1\n',
    ],
    ['items:\n- kind: A\n', ['items', 0, 'replicas'], 'items:\n- replicas: 3\n  kind: A\n'],
    [
      'base: &base { replicas: 1 }\nspec:\n  <<: *base\n  a: 1\n',
      REPLICAS,
      'base: &base { replicas: 1 }\nspec:\n  replicas: 3\n  <<: *base\n  a: 1\n',
    ],
  ])('%j', (text, path, expected) => {
    expect(setField(text, 0, path, 3)).toBe(expected);
  });

  it.each<readonly [string, string]>([
    ['a mapping that is not there', 'a: 1\n'],
    ['an empty one', 'spec: {}\n'],
    ['one that stands elsewhere', 'a: &x {b: 1}\nspec: *x\n'],
    ['one that is used elsewhere', 'spec: &x {b: 1}\na: *x\n'],
    ['a list', 'spec: [1]\n'],
    ['a document that cannot be read', 'spec: "x\n'],
  ])('refuses %s', (_, text) => {
    expect(setField(text, 0, REPLICAS, 3)).toBeUndefined();
  });
});

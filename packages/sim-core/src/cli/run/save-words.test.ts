import { expect, it } from 'vitest';
import { configMap } from '../testing/manifests.ts';
import { diffOf, summarize } from './save-words.ts';

it('a change is told by its line', () => {
  const before = `${configMap('a')}data:\n  key: "1"\n`;
  expect(summarize('a.yaml', before, before.replace('"1"', '"2"'))).toBe('line 6: key 1 → 2');
  expect(summarize('a.yaml', before, `# a comment\n${before}`)).toBe('nothing that the cluster sees');
  expect(summarize('a.yaml', `${before}---\n${configMap('b')}`, before)).toBe('line 8: ConfigMap/b removed');
});

it('of many changes the first few are told', () => {
  const text = (value: number) =>
    `${configMap('a')}data: { a: "${value}", b: "${value}", c: "${value}", d: "${value}", e: "${value}" }\n`;
  expect(summarize('a.yaml', text(1), text(2))).toBe('line 5: a 1 → 2; line 5: b 1 → 2; line 5: c 1 → 2, and 2 more');
});

it('a diff stands below the name of its file', () => {
  expect(diffOf('a.yaml', 'a\nb\n', 'a\nc\n')).toBe('a.yaml\n@@ line 1 @@\n a\n-b\n+c');
});

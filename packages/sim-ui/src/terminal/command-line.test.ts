import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

test('words, quotes and escapes as a shell reads them', () => {
  expect(parseCommandLine(`kubectl patch svc web -p '{"spec": {"a": 1}}'  `)).toEqual({
    words: ['kubectl', 'patch', 'svc', 'web', '-p', '{"spec": {"a": 1}}'],
  });
  expect(parseCommandLine(`a "b \\"c\\" d" e\\ f --x="y z"`)).toEqual({ words: ['a', 'b "c" d', 'e f', '--x=y z'] });
  expect(parseCommandLine('   ')).toEqual({ words: [] });
});

test('what it does not do is said', () => {
  expect(parseCommandLine('kubectl get pods | grep web')).toEqual({ problem: expect.stringContaining('|') });
  expect(parseCommandLine('kubectl get "pods')).toEqual({ problem: expect.stringContaining('not closed') });
});

test('ends for every text', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      const parsed = parseCommandLine(line);
      expect('words' in parsed || parsed.problem !== '').toBe(true);
    }),
  );
});

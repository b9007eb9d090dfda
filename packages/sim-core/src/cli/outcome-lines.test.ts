import { expect, it } from 'vitest';
import { describeApplied, describeProblem } from './outcome-lines.ts';

it('an object and what became of it', () => {
  const object = { kind: 'Ingress', name: 'canary', action: 'configured' };
  expect(describeApplied({ ...object, namespace: 'default' })).toBe('ingress/canary configured');
  expect(describeApplied({ ...object, namespace: 'shop' })).toBe('ingress/canary configured in shop');
  expect(describeApplied({ kind: 'Namespace', name: 'shop', namespace: '', action: 'created' })).toBe(
    'namespace/shop created',
  );
});

it('a problem at its place, as far as that is known, and what to do below it', () => {
  const message = 'that is wrong';
  expect(describeProblem({ message })).toBe('that is wrong');
  expect(describeProblem({ message, file: 'a.yaml' })).toBe('a.yaml: that is wrong');
  expect(describeProblem({ message, file: 'a.yaml', line: 3 })).toBe('a.yaml:3: that is wrong');
  expect(describeProblem({ message, file: 'a.yaml', line: 3, column: 5, hint: 'Do this.\nThen that.' })).toBe(
    'a.yaml:3:5: that is wrong\n  Do this.\n  Then that.',
  );
});

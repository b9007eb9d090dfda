import { expect, test } from 'vitest';
import { EXERCISES } from '../testing/exercise-bench.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { listCommand } from './list-command.ts';

test('every exercise is listed with its title, in the order of the lesson', () => {
  const output = fakeOutput();
  listCommand(true, output);
  const listed = JSON.parse(output.stdout) as { name: string; title: string }[];
  const names = listed.map(({ name }) => name);
  expect([...names].sort()).toEqual([...EXERCISES].sort());
  expect(listed.filter(({ title }) => title === '')).toEqual([]);
  expect(names.indexOf('service-selector')).toBeLessThan(names.indexOf('canary-weight'));
  expect(names.indexOf('canary-weight')).toBeLessThan(names.indexOf('debug-503'));
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Deviation, deviationOf, readDeviations } from './deviations.ts';

const TEXT = `
- id: a-thing
  area: path
  what: we do this
  why: because
  vectors:
    path/x: { status: 301 }
`;

test('a deviation says what comes instead', () => {
  const deviations = readDeviations(TEXT);
  expect(deviationOf('path/x', deviations)).toEqual({ deviation: deviations[0], instead: { status: 301 } });
  expect(deviationOf('path/y', deviations)).toBeUndefined();
});

test.each([
  [TEXT.replace('why: because', ''), 'a-thing: id, area, what and why have to be there'],
  [TEXT.replace('why:', 'reason:'), '[0].reason: unknown field'],
  ['a: b', 'expected a list'],
  [': :', 'yaml'],
])('%j is refused', (text, message) => {
  expect(() => readDeviations(text)).toThrow(message);
});

test('our own list can be read, each with an id of its own', () => {
  const file = new URL('../../../../conformance/deviations.yaml', import.meta.url);
  const ids = readDeviations(readFileSync(file, 'utf8')).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

/** The table of docs/deviations.md, between its marks. */
function table(deviations: readonly Deviation[]): string {
  const rows = deviations.map(({ id, what, why }) => `| ${id} | ${cell(what)} | ${cell(why)} |`);
  return ['| id | what we do, and what the original does | why |', '|---|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

test('docs/deviations.md has the same list: what is missing there is this table', () => {
  const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
  const docs = read('docs/deviations.md').split(/^## /m);
  const section = docs.find((each) => each.startsWith('Recorded'))?.slice('Recorded'.length) ?? '';
  expect(section.slice(section.indexOf('| id')).trim()).toBe(
    table(readDeviations(read('conformance/deviations.yaml'))),
  );
});

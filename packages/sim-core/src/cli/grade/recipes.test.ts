import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { parseFlags } from '../flags.ts';
import { packageRoot } from '../package-root.ts';
import { GRADE_FLAGS } from './grade-flags.ts';
import { MERGE_FLAGS } from './merge-command.ts';
import { FILE_FLAGS } from './output-flags.ts';

const FOLDER = join(packageRoot(), 'docs', 'recipes');
const recipes = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const);

/** Lines that call us, as words. */
function calls(text: string): string[][] {
  const lines = [...text.matchAll(/k8s-ingress-sandbox(?:@[\d.]+)? (grade .*)$/gm)].map(([, call = '']) => call);
  return lines.map((line) => line.replace(/\$\{\{[^}]*\}\}/g, '1').match(/"[^"]*"|'[^']*'|\S+/g) ?? []);
}

describe('recipes', () => {
  const found = recipes.flatMap(([name, text]) =>
    calls(text).map((words) => [`${name}: ${words.join(' ')}`, words] as const),
  );

  it('call this program', () => {
    expect(found.length).toBeGreaterThanOrEqual(7);
  });

  it.each(found)('have flags that there are: %s', (_name, [, ...words]) => {
    if (words[0] === 'merge') expect(() => parseFlags(MERGE_FLAGS, words.slice(1))).not.toThrow();
    else expect(() => parseFlags({ ...GRADE_FLAGS, ...FILE_FLAGS }, words)).not.toThrow();
  });

  it('ship a Job that the API server takes', () => {
    const [, text = ''] = recipes.find(([name]) => name === 'indexed-job.yaml') ?? [];
    const { documents, problems } = decodeManifests('indexed-job.yaml', text);
    expect(problems).toEqual([]);
    expect(documents).toMatchObject([{ value: { kind: 'Job', spec: { completionMode: 'Indexed' } } }]);
  });
});

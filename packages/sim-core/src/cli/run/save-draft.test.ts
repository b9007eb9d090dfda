import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { RunFiles } from '../../run/run-files.ts';
import { saveDraft } from './save-draft.ts';

const TEXT = '# what it is for\nkind: A   # keep me\r\nb: 1\n';

function oneFile(bytes: Uint8Array = new TextEncoder().encode(TEXT), within = '.') {
  const root = mkdtempSync(join(tmpdir(), 'save-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, within);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'a.yaml');
  writeFileSync(path, bytes);
  return { path, files: new RunFiles([{ file: 'a.yaml', path, bytes }]) };
}

it('writes the draft letter by letter, and nothing is a draft any more', () => {
  const { files, path } = oneFile();
  const draft = TEXT.replace('b: 1', 'b: 2');
  files.drafted('a.yaml', draft);
  saveDraft(files, 'a.yaml', draft);
  expect(readFileSync(path, 'utf8')).toBe(draft);
  expect(files.describe()).toEqual([{ file: 'a.yaml', text: draft, draft: false }]);
});

it('keeps a byte order mark', () => {
  const { files, path } = oneFile(new TextEncoder().encode('\ufeffb: 1\n'));
  files.drafted('a.yaml', 'b: 2\n');
  saveDraft(files, 'a.yaml', 'b: 2\n');
  expect([...readFileSync(path)].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 'b'.charCodeAt(0)]);
});

it('writes nothing that nobody looked at, and nothing over the work of another editor', () => {
  const { files, path } = oneFile();
  files.drafted('a.yaml', 'b: 2\n');
  expect(() => saveDraft(files, 'a.yaml', 'b: 3\n')).toThrow('another draft by now');
  writeFileSync(path, 'b: 4\n');
  expect(() => saveDraft(files, 'a.yaml', 'b: 2\n')).toThrow('changed on the disk since it was read');
  expect(readFileSync(path, 'utf8')).toBe('b: 4\n');
  expect(() => saveDraft(files, 'b.yaml', '')).toThrow('b.yaml is no file of this run');
});

it('leaves an installed package as it is', () => {
  const { files, path } = oneFile(undefined, 'node_modules/k8s-ingress-sandbox/scenarios');
  files.drafted('a.yaml', 'b: 2\n');
  expect(() => saveDraft(files, 'a.yaml', 'b: 2\n')).toThrow('belongs to the installed package');
  expect(readFileSync(path, 'utf8')).toBe(TEXT);
});

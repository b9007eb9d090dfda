import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CliError } from './exit-codes.ts';
import { expectNames, listInput, readInput, STANDARD_INPUT } from './input.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('readInput', () => {
  it('reads files in the order given and folders by name, not deeper', () => {
    const { path: directory } = temporaryFolder({
      'z.yaml': 'z',
      'k8s/b.yml': 'b',
      'k8s/a.YAML': 'a',
      'k8s/c.json': 'c',
      'k8s/notes.txt': '-',
      'k8s/deeper/d.yaml': '-',
    });
    const { files, notes } = readInput(['z.yaml', 'k8s'], { packaged: false, directory });
    expect(files.map(({ file, bytes }) => [file, text(bytes)])).toEqual([
      ['z.yaml', 'z'],
      [join('k8s', 'a.YAML'), 'a'],
      [join('k8s', 'b.yml'), 'b'],
      [join('k8s', 'c.json'), 'c'],
    ]);
    expect(files[0]?.path).toBe(join(directory, 'z.yaml'));
    expect(notes).toEqual([]);
  });

  it('reads once what is named twice', () => {
    const { path: directory } = temporaryFolder({ 'k8s/a.yaml': 'a' });
    const { files } = readInput(['k8s/a.yaml', 'k8s', './k8s/a.yaml', 'k8s'], { packaged: false, directory });
    expect(files.map(({ file }) => file)).toEqual(['k8s/a.yaml']);
  });

  it('reads standard input for -', () => {
    const readStandardInput = () => new TextEncoder().encode('from a pipe');
    const { files } = readInput(['-', '-'], { packaged: false, readStandardInput });
    expect(files.map(({ file, path, bytes }) => [file, path, text(bytes)])).toEqual([
      [STANDARD_INPUT, undefined, 'from a pipe'],
    ]);
  });

  it('refuses a folder without manifests, what cannot be read, and what is far too large', () => {
    const folder = temporaryFolder({ 'empty/readme.md': '', 'secret.yaml': '' });
    folder.write('large.yaml', new Uint8Array(11 * 1024 * 1024));
    const read = (name: string) => () => readInput([name], { packaged: false, directory: folder.path });
    expect(read('empty')).toThrow('empty: no .yaml, .yml or .json file in this folder');
    expect(read('large.yaml')).toThrow('large.yaml: the file is larger than 10 MB');
    chmodSync(join(folder.path, 'secret.yaml'), 0);
    if (process.getuid?.() !== 0) expect(read('secret.yaml')).toThrow('secret.yaml: cannot be read: permission denied');
  });

  it('runs a packaged scenario only where it may, and says so', () => {
    const { path: directory } = temporaryFolder();
    const { files, notes } = readInput(['scenarios/canary.yaml'], { packaged: true, directory });
    expect(files[0]?.file).toMatch(/scenarios\/canary\.yaml$/);
    expect(notes).toEqual([
      expect.stringMatching(/^scenarios\/canary\.yaml is not in this folder: running the scenario/),
    ]);
    expect(() => readInput(['canary'], { packaged: false, directory })).toThrow(CliError);
  });
});

describe('listInput', () => {
  it('gives what lies in the folders now, and nothing for files', () => {
    const folder = temporaryFolder({ 'k8s/a.yaml': 'a', 'b.yaml': 'b' });
    const list = () => listInput(['k8s', 'b.yaml', 'gone'], folder.path).map(({ file }) => file);
    expect(list()).toEqual(['k8s/a.yaml']);
    folder.write('k8s/new.yaml', '');
    mkdirSync(join(folder.path, 'k8s', 'folder.yaml'));
    expect(list()).toEqual(['k8s/a.yaml', 'k8s/new.yaml']);
  });
});

it('nothing named is a mistake', () => {
  expect(() => expectNames('apply', [])).toThrow(
    new CliError(2, 'apply needs a file, a folder, or - for standard input'),
  );
});

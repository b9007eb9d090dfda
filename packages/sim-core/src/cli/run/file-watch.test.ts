import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { RunFiles, textOfFile } from '../../run/run-files.ts';
import { listInput, readInput } from '../input.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { FileWatch } from './file-watch.ts';

/** A watch over what is named in a folder; it looks only when it is told to. */
function watching(texts: Record<string, string>, ...names: string[]) {
  const folder = temporaryFolder(texts);
  const files = new RunFiles(readInput(names, { packaged: false, directory: folder.path }).files);
  const heard: string[] = [];
  const watch = new FileWatch(
    {
      files,
      listFolders: () => listInput(names, folder.path),
      onSave: (file) => heard.push(`${file.file}: ${textOfFile(file)}`),
      onGone: (file) => heard.push(`${file} gone`),
    },
    1_000_000,
  );
  onTestFinished(() => watch.stop());
  /** Looks as often as a save needs to be taken for complete. */
  const look = () => {
    watch.look();
    watch.look();
    return heard.splice(0);
  };
  return { folder, files, watch, look, path: (name: string) => join(folder.path, name) };
}

it('tells a save once it is complete', () => {
  const { folder, watch, look } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  expect(look()).toEqual([]);
  folder.write('a.yaml', '');
  watch.look();
  folder.write('a.yaml', 'two and a half');
  expect(look()).toEqual(['a.yaml: two and a half']);
  expect(look()).toEqual([]);
});

it('tells nothing of a save that changes nothing, or goes back', () => {
  const { folder, watch, look } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  folder.write('a.yaml', 'one');
  expect(look()).toEqual([]);
  folder.write('a.yaml', 'other');
  expect(look()).toHaveLength(1);
  folder.write('a.yaml', 'one');
  expect(look()).toEqual([]);
  expect(watch.saved()).toEqual([]);
});

it('follows editors that replace the file', () => {
  const { folder, look, path } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  folder.write('a.yaml~', 'two');
  rmSync(path('a.yaml'));
  renameSync(path('a.yaml~'), path('a.yaml'));
  expect(look()).toEqual(['a.yaml: two']);
});

it('gives what was saved and not applied at once, without waiting for another look', () => {
  const { folder, files, watch, look } = watching({ 'a.yaml': 'one', 'b.yaml': 'b' }, 'a.yaml', 'b.yaml');
  folder.write('a.yaml', 'two');
  const [saved] = watch.saved();
  expect(textOfFile(saved)).toBe('two');
  expect(look()).toEqual([]);
  if (saved !== undefined) files.applied(saved);
  expect(watch.saved()).toEqual([]);
});

it('compares with a draft where the page has made one', () => {
  const { folder, files, watch } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  files.drafted('a.yaml', 'two');
  expect(watch.saved()).toEqual([]);
  folder.write('a.yaml', 'two ');
  expect(watch.saved()).toHaveLength(1);
  folder.write('a.yaml', 'two');
  expect(watch.saved()).toEqual([]);
});

it('finds new files in folders that were named', () => {
  const { folder, look } = watching({ 'k8s/a.yaml': 'a' }, 'k8s');
  folder.write('k8s/b.yaml', 'b');
  folder.write('k8s/notes.txt', '-');
  folder.write('c.yaml', 'c');
  expect(look()).toEqual(['k8s/b.yaml: b']);
  expect(look()).toEqual([]);
});

it('tells once that a file is gone, and when it is there again', () => {
  const { folder, look, path } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  rmSync(path('a.yaml'));
  expect(look()).toEqual(['a.yaml gone']);
  expect(look()).toEqual([]);
  folder.write('a.yaml', 'back');
  expect(look()).toEqual(['a.yaml: back']);
});

it('takes a folder in the place of a file for gone', () => {
  const { look, path } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  rmSync(path('a.yaml'));
  mkdirSync(path('a.yaml'));
  expect(look()).toEqual(['a.yaml gone']);
});

it('leaves what can be read only once', () => {
  const files = new RunFiles([{ file: 'standard input', bytes: new Uint8Array() }]);
  const watch = new FileWatch({ files, listFolders: () => [], onSave: () => {}, onGone: () => {} }, 1_000_000);
  onTestFinished(() => watch.stop());
  expect(watch.saved()).toEqual([]);
  writeFileSync(join(temporaryFolder().path, 'standard input'), '');
  expect(watch.saved()).toEqual([]);
});

it('has nothing saved once it was stopped: what the files were for is over', () => {
  const { folder, files, watch } = watching({ 'a.yaml': 'one' }, 'a.yaml');
  folder.write('a.yaml', 'two');
  expect(watch.saved()).toHaveLength(1);
  watch.stop();
  files.replace([]);
  expect(watch.saved()).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { RunFiles, textOfFile } from './run-files.ts';

const file = (name: string, text: string) => ({
  file: name,
  path: `/k8s/${name}`,
  bytes: new TextEncoder().encode(text),
});

describe('the files of a run', () => {
  it('are found by name and by path', () => {
    const files = new RunFiles([file('a.yaml', 'a'), file('b.yaml', 'b')]);
    expect(files.list().map((each) => each.file)).toEqual(['a.yaml', 'b.yaml']);
    expect(files.has('c.yaml')).toBe(false);
    expect(files.findByPath('/k8s/b.yaml')?.file).toBe('b.yaml');
    expect(files.findByPath('/else/b.yaml')).toBeUndefined();
    expect([files.textOf('a.yaml'), files.textOf('c.yaml')]).toEqual(['a', '']);
  });

  it('have drafts, which the next apply from the disk ends', () => {
    const files = new RunFiles([file('a.yaml', 'a')]);
    files.drafted('a.yaml', 'draft');
    expect(files.describe()).toEqual([{ file: 'a.yaml', text: 'draft', draft: true, saved: 'a' }]);
    expect(files.drafts()).toEqual(['a.yaml']);
    files.applied(file('a.yaml', 'saved'));
    expect(files.describe()).toEqual([{ file: 'a.yaml', text: 'saved', draft: false }]);
  });

  it('have no draft that says the same as the file', () => {
    const files = new RunFiles([file('a.yaml', 'a')]);
    files.drafted('a.yaml', 'draft');
    files.drafted('a.yaml', 'a');
    expect(files.drafts()).toEqual([]);
    files.drafted('a.yaml', 'draft');
    files.dropDrafts();
    expect(files.textOf('a.yaml')).toBe('a');
  });

  it('grow by files that are added later', () => {
    const files = new RunFiles([]);
    files.applied(file('new.yaml', 'n'));
    expect(files.has('new.yaml')).toBe(true);
  });
});

it('texts are read whatever their encoding', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0x00]);
  expect(textOfFile({ file: 'a.yaml', bytes: utf16 })).toBe('a');
  expect(textOfFile(undefined)).toBe('');
});

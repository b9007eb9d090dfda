import { describe, expect, test } from 'vitest';
import { type DraftStore, Drafts, editedFiles } from './drafts.ts';

const FILES = [{ file: 'a.yaml', text: 'a: 1', draft: false }];

function memory(): DraftStore {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

describe('drafts', () => {
  test('outlive a reload, and leave the cluster’s text alone', () => {
    const store = memory();
    new Drafts(store).type('a.yaml', 'a: 2', 'a: 1');
    const [file] = editedFiles(FILES, new Drafts(store).all.value);
    expect(file).toMatchObject({ applied: 'a: 1', text: 'a: 2', isEdited: true, isOvertaken: false });
  });

  test('are kept and marked when somebody else changes the cluster’s text', () => {
    const drafts = new Drafts();
    drafts.type('a.yaml', 'a: 2', 'a: 1');
    const theirs = [{ file: 'a.yaml', text: 'a: 3', draft: true }];
    expect(editedFiles(theirs, drafts.all.value)[0]).toMatchObject({ text: 'a: 2', isOvertaken: true, isDraft: true });
    drafts.rebase('a.yaml', 'a: 3');
    expect(editedFiles(theirs, drafts.all.value)[0]).toMatchObject({ text: 'a: 2', isOvertaken: false });
    drafts.rebase('a.yaml', 'a: 2');
    expect(drafts.all.value.size).toBe(0);
  });

  test('of a new file stand behind the others; broken storage is no draft', () => {
    const drafts = new Drafts({
      getItem: () => '{',
      setItem: () => {
        throw new Error('full');
      },
    });
    drafts.type('new.yaml', 'kind: A', '');
    expect(editedFiles(FILES, drafts.all.value).map(({ file, isNew }) => [file, isNew])).toEqual([
      ['a.yaml', false],
      ['new.yaml', true],
    ]);
  });
});

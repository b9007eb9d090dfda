import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ClassFolder } from './class-folder.ts';

const LIMITS = { files: 3, fileBytes: 1024 * 1024, totalBytes: 1024 * 1024 + 100 };

/** A real folder, and what is read of it. */
function classFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'class-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string | Uint8Array) => writeFileSync(join(path, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const read = async (limits = LIMITS) => (await new ClassFolder(path, limits).read())?.files;
  return { path, write, read, folder: new ClassFolder(path, LIMITS) };
}

describe('a folder of results', () => {
  it('is what its .json files say, by their names; nothing else in it is read', async () => {
    const { read, path } = classFolder({
      'bob.json': '[2]',
      'ada.json': '[1]',
      'journal.jsonl': '{}',
      '.x.json': '{}',
    });
    mkdirSync(join(path, 'gradescope'));
    writeFileSync(join(path, 'gradescope', 'ada.json'), '{}');
    expect(await read()).toEqual([
      { file: 'ada.json', text: '[1]' },
      { file: 'bob.json', text: '[2]' },
    ]);
  });

  it('is told by its name, also while it is empty', async () => {
    const { folder, path } = classFolder();
    expect(await folder.read()).toEqual({ folder: path, tag: expect.stringMatching(/^[\w-]{22}$/), files: [] });
  });

  it('is not sent again until a file comes, changes or goes', async () => {
    const { folder, write, path } = classFolder({ 'ada.json': '[1]' });
    let tag = (await folder.read())?.tag;
    const changes = [
      () => write('bob.json', '[2]'),
      () => write('bob.json', '[2, 3]'),
      () => renameSync(join(path, 'bob.json'), join(path, 'eve.json')),
      () => rmSync(join(path, 'eve.json')),
    ];
    for (const change of changes) {
      expect(await folder.read(tag)).toBeUndefined();
      change();
      const now = await folder.read(tag);
      expect(now?.tag).not.toBe(tag);
      tag = now?.tag;
    }
  });

  it('takes what PowerShell writes', async () => {
    const { read } = classFolder({ 'ada.json': Buffer.from('\uFEFF["ä"]', 'utf16le') });
    expect(await read()).toEqual([{ file: 'ada.json', text: '["ä"]' }]);
  });

  it('follows no link, out of it or in it, and reads no folder', async () => {
    const { read, path } = classFolder({ 'ada.json': '[1]' });
    symlinkSync('/etc/passwd', join(path, 'b.json'));
    symlinkSync('ada.json', join(path, 'c.json'));
    mkdirSync(join(path, 'a.json'));
    const link = 'is a symbolic link: links are not followed';
    expect(await read({ ...LIMITS, files: 9 })).toEqual([
      { file: 'a.json', problem: 'is no plain file (a folder, pipe, socket or device)' },
      { file: 'ada.json', text: '[1]' },
      { file: 'b.json', problem: link },
      { file: 'c.json', problem: link },
    ]);
  });

  it('has a reason for each file that is too large, or too much', async () => {
    const big = ' '.repeat(1024 * 1024);
    const { read } = classFolder({
      'a.json': `${big} `,
      'b.json': big,
      'c.json': ' '.repeat(101),
      'd.json': '[]',
      'e.json': '',
    });
    const tooMany = (file: string) => ({ file, problem: 'left out: 3 files are the limit' });
    expect(await read()).toEqual([
      { file: 'a.json', problem: 'has more than 1 MB, which is the limit' },
      { file: 'b.json', text: big },
      { file: 'c.json', problem: 'left out: all files together may have 1 MB' },
      tooMany('d.json and 1 more'),
    ]);
    expect((await read({ ...LIMITS, files: 4 }))?.slice(3)).toEqual([
      { file: 'd.json', text: '[]' },
      { ...tooMany('e.json'), problem: 'left out: 4 files are the limit' },
    ]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'has a reason for a file that may not be read, and takes it once it may',
    async () => {
      const { folder, path } = classFolder({ 'ada.json': '[1]' });
      chmodSync(join(path, 'ada.json'), 0);
      const denied = await folder.read();
      expect(denied?.files).toEqual([{ file: 'ada.json', problem: 'cannot be read: permission denied' }]);
      chmodSync(join(path, 'ada.json'), 0o600);
      expect((await folder.read(denied?.tag))?.files).toEqual([{ file: 'ada.json', text: '[1]' }]);
    },
  );

  it('that is gone says so, and is back when it is back', async () => {
    const { folder, path } = classFolder({ 'ada.json': '[1]' });
    renameSync(path, `${path}-away`);
    const gone = await folder.read();
    expect(gone?.files).toEqual([{ file: path, problem: 'cannot be read: no such file' }]);
    renameSync(`${path}-away`, path);
    expect((await folder.read(gone?.tag))?.files).toHaveLength(1);
  });

  it('has a text or a reason for whatever bytes lie in it (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const { read, path } = classFolder({ 'ada.json': bytes });
        const [file] = (await read()) ?? [];
        expect(Object.keys(file ?? {})).toHaveLength(2);
        rmSync(path, { recursive: true });
      }),
      { numRuns: 30 },
    );
  });
});

import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { temporaryFolder } from '../../cli/testing/temporary-folder.ts';
import { SUBMISSION_LIMITS } from '../../grader/intake/limits.ts';
import { takeIn } from '../../grader/intake/take-in.ts';
import { readSubmitted, readSubmittedBytes } from './read-submitted.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';
const FILES = { 'repo/k8s/web.yaml': SERVICE, 'repo/README.md': '# hello\n' };

async function zip(files: Readonly<Record<string, string | Buffer>>, mode = 0o100644): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), path, { mode });
  archive.end();
  return buffer(archive.outputStream);
}

function tar(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  return packTar(
    Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })),
  );
}

async function read(name: string, bytes: Uint8Array, limits = SUBMISSION_LIMITS) {
  return takeIn(await readSubmittedBytes('alice', name, bytes, limits), { limits });
}

const USES = [
  { path: 'README.md', used: false },
  { path: 'k8s/web.yaml', used: true },
];

describe('readSubmitted', () => {
  it('reads a file, and nothing but its name', async () => {
    const { path } = temporaryFolder({ 'web.yaml': SERVICE });
    const { files, documents } = takeIn(await readSubmitted('alice', join(path, 'web.yaml')));
    expect(files).toMatchObject([{ path: 'web.yaml', used: true }]);
    expect(documents).toHaveLength(1);
  });

  it('reads folders and archives alike', async () => {
    const { path } = temporaryFolder(FILES);
    const archives = [await zip(FILES), await tar(FILES), gzipSync(await tar(FILES))];
    const folder = takeIn(await readSubmitted('alice', path));
    expect(folder.files).toMatchObject(USES);
    for (const archive of archives) {
      const { digest, documents, files } = await read('handed-in', archive);
      expect({ digest, documents }).toEqual({ digest: folder.digest, documents: folder.documents });
      expect(files).toMatchObject(USES);
    }
  });

  it.each(['tar', 'tar.gz'])('refuses a %s that breaks off, wherever it does', async (kind) => {
    const whole = Buffer.from(await tar({ ...FILES, 'repo/k8s/more.yaml': SERVICE }));
    const packed = kind === 'tar' ? whole : gzipSync(whole);
    for (let length = 300; length < packed.length - (kind === 'tar' ? 1024 : 0); length += 29) {
      const { refused } = await readSubmittedBytes('alice', 'cut', packed.subarray(0, length));
      expect(refused, `${length} bytes`).toMatch(/^the tar archive is damaged: /);
    }
    // What is packed whole may hold a tar that is not.
    for (let length = 512; length < whole.length - 1024; length += 29) {
      const { refused } = await readSubmittedBytes('alice', 'cut', gzipSync(whole.subarray(0, length)));
      expect(refused, `${length} bytes`).toMatch(/^the tar archive is damaged: /);
    }
  });

  it('reads archives that real tools made', async () => {
    const { path } = temporaryFolder(FILES);
    execFileSync('tar', ['czf', 'a.tgz', 'repo'], { cwd: path });
    expect(takeIn(await readSubmitted('alice', join(path, 'a.tgz'))).files).toMatchObject(USES);
    execFileSync('python3', ['-m', 'zipfile', '-c', 'a.zip', 'repo/'], { cwd: path });
    expect(takeIn(await readSubmitted('alice', join(path, 'a.zip'))).files).toMatchObject(USES);
  });

  it('follows no link and opens no pipe', async () => {
    const { path } = temporaryFolder({ 'in/web.yaml': SERVICE, 'secret.yaml': SERVICE });
    symlinkSync(join(path, 'secret.yaml'), join(path, 'in', 'a.yaml'));
    symlinkSync('/', join(path, 'in', 'root'));
    execFileSync('mkfifo', [join(path, 'in', 'pipe.yaml')]);
    const { files, documents } = takeIn(await readSubmitted('alice', join(path, 'in')));
    expect(documents).toHaveLength(1);
    expect(files).toMatchObject([
      { path: 'a.yaml', used: false, reason: 'a symbolic link: links are not followed' },
      { path: 'pipe.yaml', used: false, reason: 'no plain file (a pipe, socket or device)' },
      { path: 'root', used: false },
      { path: 'web.yaml', used: true },
    ]);
    execFileSync('mkfifo', [join(path, 'whole')]);
    expect(await readSubmitted('alice', join(path, 'whole'))).toMatchObject({
      refused: expect.stringMatching(/no plain file/),
    });
  });

  it('says that there is nothing', async () => {
    expect(await readSubmitted('alice', '/nowhere/at/all')).toMatchObject({
      refused: 'it cannot be read: no such file',
    });
  });

  it('refuses paths that leave the archive, and uses the rest', async () => {
    const files = { '../../etc/x.yaml': SERVICE, '/abs.yaml': SERVICE, 'web.yaml': SERVICE };
    const { files: uses, documents } = await read('a.tar', await tar(files));
    expect(documents).toHaveLength(1);
    expect(uses.map(({ path, used, reason }) => [path, used, reason])).toEqual([
      ['../../etc/x.yaml', false, 'refused: its path has "..", it leaves the archive'],
      ['abs.yaml', false, 'refused: its path is absolute, it leaves the archive'],
      ['web.yaml', true, undefined],
    ]);
    // yazl refuses to write such names: they are put in afterwards.
    const bytes = await zip({ 'xx/xx/evil.yaml': SERVICE, 'web.yaml': SERVICE });
    const evil = Buffer.from(bytes.toString('latin1').replaceAll('xx/xx/evil', '../../evil'), 'latin1');
    expect((await read('a.zip', evil)).files).toMatchObject([
      { path: '../../evil.yaml', used: false, reason: 'refused: its path has "..", it leaves the archive' },
      { path: 'web.yaml', used: true },
    ]);
  });

  it('follows no link in an archive', async () => {
    expect((await read('a.zip', await zip({ 'a.yaml': '/etc/passwd' }, 0o120777))).files).toMatchObject([
      { path: 'a.yaml', used: false, reason: 'a symbolic link: links are not followed' },
    ]);
    const links = await packTar([
      { header: { name: 'a.yaml', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
      { header: { name: 'b.yaml', size: 0, type: 'link', linkname: 'a.yaml' } },
    ]);
    expect((await read('a.tar', links)).files).toMatchObject([{ used: false }, { used: false }]);
  });

  it('refuses bombs before they go off', async () => {
    const limits = { ...SUBMISSION_LIMITS, totalBytes: 100_000, unpackedBytes: 1_000_000 };
    const large = Buffer.alloc(5_000_000, '#');
    const zipped = await zip({ 'a.yaml': large });
    expect(zipped.byteLength).toBeLessThan(50_000);
    expect((await read('a.zip', zipped, limits)).refused).toMatch(/^its manifests have more than 0\.1 MB/);
    expect((await read('a.tgz', gzipSync(large), limits)).refused).toMatch(/damaged|unpacks to more than/);
    const tarred = gzipSync(await tar({ 'film.mp4': large.toString() }));
    expect((await read('a.tgz', tarred, limits)).refused).toBe('it unpacks to more than 1.0 MB; that is the limit');
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.txt`, '']));
    const few = { ...limits, entries: 20 };
    expect((await read('a.zip', await zip(many), few)).refused).toBe('it has more than 20 files; that is the limit');
    expect((await read('a.tar', await tar(many), few)).refused).toBe('it has more than 20 files; that is the limit');
  });

  it('refuses a zip entry that holds more than it says', async () => {
    const bytes = await zip({ 'a.yaml': Buffer.alloc(100_000, '#') });
    // The sizes in the central directory, little-endian.
    const lie = Buffer.from(bytes);
    for (let at = lie.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = lie.indexOf('PK\x01\x02', at + 4, 'latin1')) {
      lie.writeUInt32LE(10, at + 24);
    }
    expect((await read('a.zip', lie)).refused).toMatch(/^the zip archive is damaged: too many bytes/);
  });

  it('says of an archive that it is damaged', async () => {
    const folder = temporaryFolder();
    folder.write('a.zip', await zip(FILES));
    folder.write('a.tgz', gzipSync(await tar(FILES)));
    for (const name of ['a.zip', 'a.tgz']) {
      truncateSync(join(folder.path, name), 100);
      expect((await readSubmitted('alice', join(folder.path, name))).refused).toMatch(/archive is damaged/);
    }
  });
});

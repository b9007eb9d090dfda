import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import type { SubmissionLimits } from '../../grader/intake/limits.ts';
import { pathRefusal } from '../../grader/intake/path.ts';
import { type EntryBudget, isWanted, RefusedSubmission } from './entry-budget.ts';

/** Unix's file type bits in a zip's external attributes, and their value for a symbolic link. */
const [TYPE, LINK] = [0o170000, 0o120000];

/**
 * Everything in a zip archive. Nothing is written to disk, and of all files only manifests are unpacked.
 * @throws RefusedSubmission when it is damaged, encrypted, or over a limit
 */
export async function readZip(archive: Uint8Array, budget: EntryBudget, limits: SubmissionLimits): Promise<void> {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  // Without decodeStrings yauzl judges no names: they are judged here, one by one, so that a bad one spoils no archive.
  const zip = await damaged(fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false }));
  if (zip.entryCount > limits.entries)
    throw new RefusedSubmission(`it has more than ${limits.entries} files; that is the limit`);
  const entries = zip.eachEntry();
  for (;;) {
    const { done, value } = await damaged(entries.next());
    if (done === true) return;
    const path = getFileNameLowLevel(value.generalPurposeBitFlag, value.fileNameRaw, value.extraFields, false);
    if (!path.endsWith('/')) budget.add(await readEntry(zip, value, path, budget));
  }
}

async function readEntry(zip: ZipFile, entry: Entry, path: string, budget: EntryBudget) {
  const refusal = pathRefusal(path);
  if (refusal !== undefined) return { path, unread: refusal };
  const unixMode = entry.externalFileAttributes >>> 16;
  if ((unixMode & TYPE) === LINK) return { path, unread: 'a symbolic link: links are not followed' };
  if (!isWanted(path)) return { path };
  if (entry.isEncrypted()) throw new RefusedSubmission('the zip archive is encrypted: hand it in without a password');
  budget.take(entry.uncompressedSize);
  return { path, bytes: await damaged(unpack(await damaged(zip.openReadStreamPromise(entry)))) };
}

async function unpack(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  // yauzl ends the stream with an error as soon as more comes than the entry announced.
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** yauzl's own errors, as ours. */
async function damaged<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new RefusedSubmission(`the zip archive is damaged: ${(error as Error).message}`);
  }
}

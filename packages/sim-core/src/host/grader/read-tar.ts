import { Readable } from 'node:stream';
import { ReadableStream, type TransformStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { megabytes, type SubmissionLimits } from '../../grader/intake/limits.ts';
import { pathRefusal } from '../../grader/intake/path.ts';
import { type EntryBudget, isWanted, RefusedSubmission } from './entry-budget.ts';

/**
 * Everything in a tar archive, packed with gzip or not. Nothing is written to disk.
 * @throws RefusedSubmission when it is damaged or over a limit
 */
export async function readTar(
  archive: Uint8Array,
  isPacked: boolean,
  budget: EntryBudget,
  limits: SubmissionLimits,
): Promise<void> {
  const plain = Readable.from([archive], { objectMode: false });
  const source = ReadableStream.from(measured(isPacked ? plain.pipe(createGunzip()) : plain, limits));
  try {
    await readEntries(decoded(source)[Symbol.asyncIterator](), budget);
  } catch (error) {
    if (error instanceof RefusedSubmission) throw error;
    throw new RefusedSubmission(`the tar archive is damaged: ${(error as Error).message}`);
  }
}

/**
 * Entry by entry. The next one is asked for before the content of this one is read: what breaks an archive off inside of a file is
 * told there, and the file itself would be waited for without an end.
 */
async function readEntries(entries: AsyncIterator<ParsedTarEntry>, budget: EntryBudget): Promise<void> {
  let next = entries.next();
  for (;;) {
    const { done, value } = await next;
    if (done === true) return;
    next = entries.next();
    await Promise.race([readEntry(value, budget), failureOf(next)]);
  }
}

/** Never resolves. @throws what the promise throws */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => promise.catch(reject));
}

/** modern-tar is typed for the web's streams, which Node's are. */
function decoded(source: ReadableStream<Uint8Array>): AsyncIterable<ParsedTarEntry> {
  const decoder = createTarDecoder({ strict: true }) as unknown as TransformStream<Uint8Array, ParsedTarEntry>;
  return source.pipeThrough(decoder);
}

/** Stops a bomb while it goes off. */
async function* measured(stream: Readable, { unpackedBytes }: SubmissionLimits): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    seen += chunk.byteLength;
    if (seen > unpackedBytes) {
      stream.destroy();
      throw new RefusedSubmission(`it unpacks to more than ${megabytes(unpackedBytes)}; that is the limit`);
    }
    yield chunk;
  }
}

async function readEntry({ header, body }: ParsedTarEntry, budget: EntryBudget): Promise<void> {
  const { name: path, type = 'file' } = header;
  const refusal = pathRefusal(path);
  const isLink = type === 'symlink' || type === 'link';
  const unread =
    refusal ??
    (isLink ? 'a link: links are not followed' : type === 'file' ? undefined : 'no plain file (a pipe or device)');
  if (unread !== undefined || !isWanted(path)) {
    await body.cancel();
    if (type !== 'directory') budget.add(unread === undefined ? { path } : { path, unread });
    return;
  }
  budget.take(header.size);
  budget.add({ path, bytes: new Uint8Array(await new Response(body).arrayBuffer()) });
}

import { fstatSync, readSync, writeSync } from 'node:fs';

const LINE_FEED = 0x0a;

/** A part of a file, in bytes. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Whole lines of an open file; a last one without its line feed is torn. */
export function* linesOf(file: number): Generator<Span & { readonly text: string }> {
  const { size } = fstatSync(file);
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (let at = 0; at < size; ) {
    const chunk = Buffer.alloc(Math.min(1 << 20, size - at));
    const read = readSync(file, chunk, 0, chunk.byteLength, at);
    // Somebody has cut it meanwhile.
    if (read === 0) return;
    at += read;
    rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
      yield { text: rest.toString('utf8', start, end), offset: offset + start, length: end + 1 - start };
      start = end + 1;
    }
    offset += start;
    rest = rest.subarray(start);
  }
}

/** What stands there. */
export function readAt(file: number, { offset, length }: Span): Buffer {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const read = readSync(file, buffer, done, length - done, offset + done);
    if (read === 0) throw new Error('the file has become shorter meanwhile');
    done += read;
  }
  return buffer;
}

/** Writes the whole buffer there, whatever the system takes at once. */
export function writeAll(file: number, buffer: Buffer, at: number): void {
  for (let written = 0; written < buffer.byteLength; ) {
    written += writeSync(file, buffer, written, buffer.byteLength - written, at + written);
  }
}

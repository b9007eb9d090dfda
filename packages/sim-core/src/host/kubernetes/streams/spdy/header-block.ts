import { constants, inflateRawSync } from 'node:zlib';
import { DICTIONARY_ID, spdyDictionary } from './dictionary.ts';
import { SpdyError } from './frames.ts';

/** Names in lower case, and values. */
export type SpdyHeaders = ReadonlyMap<string, string>;

/** How far deflate looks back, bytes. */
const WINDOW = 32_768;
/** Longest header block, uncompressed bytes. */
const LONGEST_BLOCK = 65_536;
/** Deflate, 32 KiB window, with a preset dictionary: the head of every SPDY/3 compression context. */
const ZLIB_HEAD = Object.freeze([0x78, 0xbb]);

/**
 * Reads the header blocks of one direction. They are one zlib stream, flushed after every block so that each ends at a byte:
 * a block is inflated by itself, with what came before it as its dictionary.
 */
export class HeaderBlockReader {
  #window = spdyDictionary();
  #begun = false;

  /** @throws SpdyError */
  read(block: Buffer): SpdyHeaders {
    const deflated = this.#begun ? block : withoutZlibHead(block);
    this.#begun = true;
    const plain = inflate(deflated, this.#window);
    this.#window = Buffer.concat([this.#window, plain]).subarray(-WINDOW);
    return parse(plain);
  }
}

function withoutZlibHead(block: Buffer): Buffer {
  const hasDictionary = block.length >= 6 && (block.readUInt8(1) & 0x20) !== 0;
  if (!hasDictionary || (block.readUInt8(0) & 0x0f) !== 8 || block.readUInt32BE(2) !== DICTIONARY_ID)
    throw new SpdyError('a header block that is not compressed with the dictionary of SPDY/3');
  return block.subarray(6);
}

function inflate(deflated: Buffer, dictionary: Buffer): Buffer {
  const { Z_SYNC_FLUSH: finishFlush } = constants;
  try {
    return inflateRawSync(deflated, { dictionary, finishFlush, maxOutputLength: LONGEST_BLOCK });
  } catch (error) {
    throw new SpdyError('a header block that cannot be inflated', { cause: error });
  }
}

/** Number of pairs; length and text of each name and value. Values of a name that has several are split by NUL. */
function parse(plain: Buffer): SpdyHeaders {
  const headers = new Map<string, string>();
  let at = 0;
  const number = () => {
    if (at + 4 > plain.length) throw new SpdyError('a header block that ends too early');
    at += 4;
    return plain.readUInt32BE(at - 4);
  };
  const text = () => {
    const length = number();
    if (at + length > plain.length) throw new SpdyError('a header block that ends too early');
    at += length;
    return plain.toString('utf8', at - length, at);
  };
  for (let left = number(); left > 0; left--) headers.set(text().toLowerCase(), text().split('\0')[0] as string);
  return headers;
}

/** Writes header blocks without names, which is all that a server of Kubernetes' streams has to say. */
export class EmptyHeaderBlockWriter {
  #begun = false;

  /** The number zero in a stored block, and an empty one: the flush. */
  write(): Buffer {
    const head = Buffer.alloc(this.#begun ? 0 : 6, Buffer.from(ZLIB_HEAD));
    if (!this.#begun) head.writeUInt32BE(DICTIONARY_ID, 2);
    this.#begun = true;
    return Buffer.concat([head, Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])]);
  }
}

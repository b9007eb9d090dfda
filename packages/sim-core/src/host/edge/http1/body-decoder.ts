/** Takes a body out of the bytes of a connection. */
export interface BodyDecoder {
  /**
   * Reads from `bytes`, handing pieces of the body to `take`. @returns how many bytes belong to the message;
   * -1 where they mean nothing
   */
  read(bytes: Buffer, take: (piece: Buffer) => void): number;
  /** Whether the whole body has come. */
  readonly complete: boolean;
}

/** A body whose length was announced. */
export class LengthDecoder implements BodyDecoder {
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get complete(): boolean {
    return this.#left === 0;
  }

  read(bytes: Buffer, take: (piece: Buffer) => void): number {
    const count = Math.min(this.#left, bytes.length);
    if (count === 0) return 0;
    this.#left -= count;
    take(count === bytes.length ? bytes : bytes.subarray(0, count));
    return count;
  }
}

/** Longest line of a size with its extensions, and longest trailer. */
const LONGEST_LINE = 8192;

/**
 * A body in chunks (RFC 9112, 7.1; ngx_http_parse_chunked). Lines end with CR LF and nothing else: where nginx takes a
 * line feed alone, two readers could see two messages.
 */
export class ChunkedDecoder implements BodyDecoder {
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'complete' = 'size';
  #left = 0;
  /** What came of a line whose end is still missing. */
  #line = '';
  #trailers = 0;

  get complete(): boolean {
    return this.#state === 'complete';
  }

  read(bytes: Buffer, take: (piece: Buffer) => void): number {
    let at = 0;
    while (at < bytes.length && this.#state !== 'complete') {
      const count = this.#state === 'data' ? this.#readData(bytes, at, take) : this.#readLine(bytes, at);
      if (count < 0) return -1;
      at += count;
    }
    return at;
  }

  #readData(bytes: Buffer, at: number, take: (piece: Buffer) => void): number {
    const count = Math.min(this.#left, bytes.length - at);
    take(bytes.subarray(at, at + count));
    this.#left -= count;
    if (this.#left === 0) this.#state = 'data-end';
    return count;
  }

  #readLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf('\n', at, 'latin1');
    const upTo = end < 0 ? bytes.length : end + 1;
    this.#line += bytes.toString('latin1', at, upTo);
    if (this.#line.length > LONGEST_LINE || !this.#mayBecomeLine()) return -1;
    if (end < 0) return upTo - at;
    if (!this.#line.endsWith('\r\n')) return -1;
    const line = this.#line.slice(0, -2);
    this.#line = '';
    return this.#takeLine(line) ? upTo - at : -1;
  }

  /** Nonsense is told before its line has ended. */
  #mayBecomeLine(): boolean {
    if (this.#state === 'size') return /^[\da-f]/i.test(this.#line);
    return this.#state !== 'data-end' || '\r\n'.startsWith(this.#line);
  }

  #takeLine(line: string): boolean {
    if (this.#state === 'data-end') this.#state = 'size';
    else if (this.#state === 'trailer') return this.#takeTrailer(line);
    else return this.#takeSize(line);
    return true;
  }

  #takeSize(line: string): boolean {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in an extension
    const size = /^([\da-f]{1,13})[ \t]*(?:;[^\x00-\x08\x0a-\x1f\x7f]*)?$/i.exec(line)?.[1];
    if (size === undefined) return false;
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
    return true;
  }

  /** Trailers are read and dropped, as nginx does. */
  #takeTrailer(line: string): boolean {
    this.#trailers += line.length;
    if (line === '') this.#state = 'complete';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: neither blanks nor control characters stand in a name
    else if (!/^[^\x00-\x20\x7f:]+:/.test(line)) return false;
    return this.#trailers <= LONGEST_LINE;
  }
}

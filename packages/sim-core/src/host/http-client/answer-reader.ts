/** An answer as it came, not followed, not decompressed. */
export interface RawAnswer {
  readonly status: number;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  /** Flat, in order, as they came. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Whether another request may follow on the connection. */
  readonly keepsAlive: boolean;
}

/** How the end of a body is known (RFC 9112, section 6.3). */
type Framing = { readonly length: number } | 'chunked' | 'until-close';

/** What is known of an answer once its head is there. */
interface Head extends Omit<RawAnswer, 'body'> {
  readonly framing: Framing;
  readonly end: number;
}

/** Reads one HTTP/1.1 answer from the bytes of a connection. */
export class AnswerReader {
  #bytes: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  readonly #bodiless: boolean;

  /** @param method of the request: an answer to HEAD has no body */
  constructor(method: string) {
    this.#bodiless = method === 'HEAD';
  }

  /** Whether nothing came yet. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** Takes what came. Returns the answer once it is whole. @throws Error for what is no HTTP */
  push(bytes: Buffer): RawAnswer | undefined {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    return this.#read(false);
  }

  /** The connection has ended. Returns the answer where its body lasts until then. @throws Error for what is no HTTP */
  end(): RawAnswer | undefined {
    return this.#read(true);
  }

  #read(ended: boolean): RawAnswer | undefined {
    this.#head ??= this.#readHead();
    if (this.#head === undefined) return undefined;
    const { framing, end, ...head } = this.#head;
    const body = bodyOf(this.#bytes.subarray(end), framing, ended);
    return body === undefined ? undefined : { ...head, body: body.toString('utf8') };
  }

  /** Interim answers (1xx) are passed over. */
  #readHead(): Head | undefined {
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const head = readHead(this.#bytes.toString('latin1', 0, end), end + 4, this.#bodiless);
      if (head.status >= 200 || head.status === 101) return head;
      this.#bytes = this.#bytes.subarray(end + 4);
    }
  }
}

function readHead(text: string, end: number, bodiless: boolean): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, protocol = '', status] = /^(HTTP\/\d\.\d) (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) throw new Error(`no HTTP answer: ${JSON.stringify(first.slice(0, 80))}`);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new Error(`no header: ${JSON.stringify(line.slice(0, 80))}`);
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const framing = framingOf(Number(status), headers, bodiless);
  const closes = /\bclose\b/i.test(valueIn(headers, 'connection') ?? '') || protocol === 'HTTP/1.0';
  return { status: Number(status), protocol, headers, framing, end, keepsAlive: !closes && framing !== 'until-close' };
}

function framingOf(status: number, headers: readonly string[], bodiless: boolean): Framing {
  if (bodiless || status === 204 || status === 304 || status === 101) return { length: 0 };
  if (/\bchunked\b/i.test(valueIn(headers, 'transfer-encoding') ?? '')) return 'chunked';
  const length = valueIn(headers, 'content-length');
  if (length === undefined) return 'until-close';
  if (!/^\d+$/.test(length)) throw new Error(`no Content-Length: ${JSON.stringify(length)}`);
  return { length: Number(length) };
}

/** Undefined while it is not whole. */
function bodyOf(bytes: Buffer, framing: Framing, ended: boolean): Buffer | undefined {
  if (framing === 'until-close') return ended ? bytes : undefined;
  if (framing === 'chunked') return dechunked(bytes);
  return bytes.length < framing.length ? undefined : bytes.subarray(0, framing.length);
}

/** @throws Error where no chunk begins */
function dechunked(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (Number.isNaN(size)) throw new Error('no chunk');
    const start = line + 2;
    if (size === 0) return bytes.indexOf('\r\n', start) < 0 ? undefined : Buffer.concat(chunks);
    if (bytes.length < start + size + 2) return undefined;
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}

function valueIn(headers: readonly string[], lowerCaseName: string): string | undefined {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === lowerCaseName);
  return at < 0 ? undefined : headers[at + 1];
}

/** An answer as a client reads it off the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Lower-case name → value. */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes of the answer, its head included; undefined: it is not whole. */
  readonly length: number | undefined;
}

/** Stands for the method of a request in HTTP/0.9, the last one of its connection: its answer is a body. */
export const HEADLESS = 'HTTP/0.9';

/**
 * Takes a server's bytes apart, as strictly as can be.
 * @param methods of the requests, in their order: HEAD has answers without body, {@link HEADLESS} without head
 * @throws Error where they are no answers
 */
export function answersIn(bytes: string, methods: readonly string[], closed: boolean): WireAnswer[] {
  const answers: WireAnswer[] = [];
  for (let at = 0; at < bytes.length || methods[answers.length] === HEADLESS; ) {
    if (methods[answers.length] === HEADLESS) {
      answers.push({ status: 0, headers: new Map(), length: bytes.length - at });
      break;
    }
    const preliminary = PRELIMINARY.find((each) => bytes.startsWith(each, at));
    if (preliminary !== undefined) {
      at += preliminary.length;
      continue;
    }
    const answer = answerAt(bytes, at, methods[answers.length] ?? 'GET', closed);
    answers.push(answer);
    if (answer.length === undefined) break;
    at += answer.length;
  }
  return answers;
}

/** What comes before an answer, or in place of one. */
const PRELIMINARY: readonly string[] = Object.freeze([
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 200 Connection established\r\n\r\n',
]);

function answerAt(bytes: string, at: number, method: string, closed: boolean): WireAnswer {
  const headEnd = bytes.indexOf('\r\n\r\n', at);
  const [line = '', ...lines] = bytes.slice(at, headEnd < 0 ? undefined : headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([2-5]\d\d)( |$)/.exec(line)?.[1]);
  if (headEnd < 0 || Number.isNaN(status)) throw new Error(`no answer: ${JSON.stringify(bytes.slice(at, at + 200))}`);
  const headers = new Map(lines.map(headerOf));
  if (headers.has('content-length') && headers.has('transfer-encoding')) throw new Error(`two lengths: ${lines}`);
  const body = bodyLength(bytes.slice(headEnd + 4), status, method, headers, closed);
  return { status, headers, length: body === undefined ? undefined : headEnd + 4 - at + body };
}

function headerOf(line: string): [string, string] {
  const match = /^([!#$%&'*+.^_`|~\w-]+): ([^\r\n\0]*)$/.exec(line);
  if (match === null) throw new Error(`no header: ${JSON.stringify(line)}`);
  return [(match[1] as string).toLowerCase(), match[2] as string];
}

/** Bytes of the body that begins the rest; undefined: it is not whole. */
function bodyLength(
  rest: string,
  status: number,
  method: string,
  headers: ReadonlyMap<string, string>,
  closed: boolean,
): number | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return 0;
  if (headers.get('transfer-encoding') === 'chunked') return chunkedLength(rest);
  const length = headers.get('content-length');
  if (length !== undefined) return Number(length) <= rest.length ? Number(length) : undefined;
  return closed ? rest.length : undefined;
}

function chunkedLength(rest: string): number | undefined {
  for (let at = 0; ; ) {
    const match = /^([\da-f]+)\r\n/.exec(rest.slice(at, at + 20));
    if (match === null) {
      if (rest.length - at < 20) return undefined;
      throw new Error(`no chunk: ${JSON.stringify(rest.slice(at, at + 100))}`);
    }
    const size = Number.parseInt(match[1] as string, 16);
    at += match[0].length + size + 2;
    if (at > rest.length) return undefined;
    if (size === 0) return at;
  }
}

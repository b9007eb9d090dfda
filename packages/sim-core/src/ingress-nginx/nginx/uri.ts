/** A request target taken apart as nginx does it. */
export interface Uri {
  /** `$uri`: decoded, slashes merged, dots resolved. One character per byte. */
  readonly path: string;
  /** `$args`, raw, without the question mark; undefined without one. */
  readonly args: string | undefined;
}

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;
const HASH = 0x23;
const QUESTION = 0x3f;

/** Whether the target can be used as it stands: no `%`, `#`, `//` and no segment that begins with a dot. */
function isSimple(target: string, end: number): boolean {
  let previous = 0;
  for (let i = 0; i < end; i++) {
    const code = target.charCodeAt(i);
    if (code === PERCENT || code === HASH) return false;
    if (previous === SLASH && (code === SLASH || code === DOT)) return false;
    previous = code;
  }
  return true;
}

/**
 * Normalises a request target (ngx_http_parse_complex_uri): `%2F` counts as a slash, `//` is one, `.` and `..` are
 * resolved. Undefined where nginx answers 400: a path that climbs above the root, a bad escape, a zero byte, or
 * something that is no path.
 */
export function parseUri(target: string): Uri | undefined {
  if (target.charCodeAt(0) !== SLASH) return undefined;
  const question = target.indexOf('?');
  const end = question < 0 ? target.length : question;
  if (isSimple(target, end)) {
    return {
      path: question < 0 ? target : target.slice(0, end),
      args: question < 0 ? undefined : withoutFragment(target.slice(end + 1)),
    };
  }
  return parseComplex(target);
}

function withoutFragment(args: string): string {
  const hash = args.indexOf('#');
  return hash < 0 ? args : args.slice(0, hash);
}

function parseComplex(target: string): Uri | undefined {
  const segments: string[] = [];
  let segment = '';
  let args: string | undefined;
  for (let i = 1; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code === HASH) break;
    if (code === QUESTION) {
      args = withoutFragment(target.slice(i + 1));
      break;
    }
    let character = target[i] as string;
    if (code === PERCENT) {
      const decoded = hexByte(target, i + 1);
      if (decoded === undefined || decoded === 0) return undefined;
      character = String.fromCharCode(decoded);
      i += 2;
    }
    if (character !== '/') {
      segment += character;
      continue;
    }
    if (!closeSegment(segments, segment)) return undefined;
    segment = '';
  }
  return finish(segments, segment, args);
}

/** False where `..` climbs above the root. */
function closeSegment(segments: string[], segment: string): boolean {
  if (segment === '..') return segments.pop() !== undefined;
  if (segment !== '' && segment !== '.') segments.push(segment);
  return true;
}

function finish(segments: string[], last: string, args: string | undefined): Uri | undefined {
  if (last === '..' && segments.pop() === undefined) return undefined;
  const open = last === '..' || last === '.' || last === '';
  const head = segments.length === 0 ? '/' : `/${segments.join('/')}/`;
  return { path: open ? head : head + last, args };
}

function hexByte(text: string, at: number): number | undefined {
  const pair = text.slice(at, at + 2);
  return /^[0-9a-fA-F]{2}$/.test(pair) ? Number.parseInt(pair, 16) : undefined;
}

/** A string of the configuration as the bytes that nginx compares with: one character per UTF-8 byte. */
export function toBytes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

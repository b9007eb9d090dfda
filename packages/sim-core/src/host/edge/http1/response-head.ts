const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g;

/** What a header is to the head of an answer. */
type Role = 'date' | 'connection' | 'content-length' | 'transfer-encoding' | 'entity' | 'other' | 'unsendable';

/** A header name, as programs spell it, with the line that it made last. */
interface KnownName {
  readonly role: Role;
  value: string;
  line: string;
}

/** Names that are remembered: programs that make them up cost no memory. */
const MOST_NAMES = 500;
/** Longest value whose line is kept. */
const LONGEST_KEPT = 200;

/** Lines of headers, made ready: servers send the same few again and again. One for all connections. */
export class HeaderLines {
  readonly #names = new Map<string, KnownName>();

  /** @returns the name, with the line for this value */
  of(name: string, value: string): KnownName {
    const known = this.#names.get(name) ?? this.#learn(name);
    if (known.value === value && known.line !== '') return known;
    const line = UNSENDABLE.test(value) ? `${name}: ${sendable(value)}\r\n` : `${name}: ${value}\r\n`;
    if (value.length > LONGEST_KEPT) return { role: known.role, value, line };
    known.value = value;
    known.line = line;
    return known;
  }

  #learn(name: string): KnownName {
    const known: KnownName = { role: roleOf(name), value: '', line: '' };
    if (this.#names.size < MOST_NAMES && name.length <= LONGEST_KEPT) this.#names.set(name, known);
    return known;
  }
}

function roleOf(name: string): Role {
  if (!NAME.test(name)) return 'unsendable';
  const lower = name.toLowerCase();
  switch (lower) {
    case 'date':
    case 'connection':
    case 'content-length':
    case 'transfer-encoding':
      return lower;
    case 'content-type':
    case 'last-modified':
    case 'location':
      return 'entity';
    default:
      return 'other';
  }
}

/**
 * What the headers of an answer say about its connection, and the lines that they become. Date, and what the connection
 * adds, stand where nginx puts them: Date first, then what is said of the body, then Connection, then everything else.
 */
export class ResponseHead {
  hasDate = false;
  hasLength = false;
  hasEncoding = false;
  /** Value of the header Connection, if the program set one. */
  connection: string | undefined = undefined;
  /** Content-Type, Content-Length, Last-Modified and Location (ngx_http_header_filter). */
  entity = '';
  lines = '';

  /** @param headers flat, one character a byte; what cannot stand in a header is left out, what is no Latin-1 becomes UTF-8 */
  constructor(headers: readonly string[], known: HeaderLines) {
    for (let i = 0; i + 1 < headers.length; i += 2) this.#add(headers[i] as string, headers[i + 1] as string, known);
  }

  #add(name: string, value: string, known: HeaderLines): void {
    const { role, line } = known.of(name, value);
    if (role === 'unsendable') return;
    if (role === 'date') this.hasDate = true;
    else if (role === 'connection') this.connection = value;
    else if (role === 'transfer-encoding') this.hasEncoding = true;
    else if (role === 'content-length') this.hasLength = true;
    if (role === 'entity' || role === 'content-length') this.entity += line;
    else this.lines += line;
  }
}

/** Whether a header can have this name. */
export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

/** A value as it can stand in a header: without control characters, beyond Latin-1 in UTF-8; one character a byte. */
export function headerValue(value: string): string {
  return UNSENDABLE.test(value) ? sendable(value) : value;
}

function sendable(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1').replace(CONTROLS, '');
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g;

/**
 * What the headers of an answer say about its connection, and the lines that they become. Date, and what the connection
 * adds, stand where nginx puts them: Date first, then what is said of the body, then Connection, then everything else.
 */
export class ResponseHead {
  hasDate = false;
  hasLength = false;
  hasEncoding = false;
  /** Value of the header Connection, if the program set one. */
  connection: string | undefined;
  /** Content-Type, Content-Length, Last-Modified and Location. */
  entity = '';
  lines = '';

  /** @param headers flat, one character a byte; what cannot stand in a header is left out, what is no Latin-1 becomes UTF-8 */
  constructor(headers: readonly string[]) {
    for (let i = 0; i + 1 < headers.length; i += 2) this.#add(headers[i] as string, headers[i + 1] as string);
  }

  #add(name: string, value: string): void {
    if (!NAME.test(name)) return;
    const line = UNSENDABLE.test(value) ? `${name}: ${sendable(value)}\r\n` : `${name}: ${value}\r\n`;
    if (this.#note(name, value)) this.entity += line;
    else this.lines += line;
  }

  /** @returns whether nginx puts it before Connection (ngx_http_header_filter) */
  #note(name: string, value: string): boolean {
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'date') this.hasDate = true;
        return false;
      case 8:
        return name.toLowerCase() === 'location';
      case 10:
        if (name.toLowerCase() === 'connection') this.connection = value;
        return false;
      case 12:
        return name.toLowerCase() === 'content-type';
      case 13:
        return name.toLowerCase() === 'last-modified';
      case 14:
        if (name.toLowerCase() !== 'content-length') return false;
        this.hasLength = true;
        return true;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') this.hasEncoding = true;
        return false;
      default:
        return false;
    }
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

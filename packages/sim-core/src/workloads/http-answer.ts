/** What a program answers to a request: one string, sent in one piece. */
export interface Answer {
  readonly status: number;
  /** Flat, content-length included. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Length of the body in UTF-8. */
  readonly bytes: number;
}

const NOT_ASCII = /[^\t\n\r -~]/;

/** Length of a string in UTF-8. Counted here because it is needed for every answer that was not prepared. */
export function byteLength(text: string): number {
  if (!NOT_ASCII.test(text)) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** An answer of that content type, with its length. `more` are further headers, flat. */
export function answer(status: number, contentType: string, body: string, more: readonly string[] = []): Answer {
  const bytes = byteLength(body);
  return { status, headers: ['content-type', contentType, 'content-length', String(bytes), ...more], body, bytes };
}

/** Plain text. */
export function text(status: number, body: string, more?: readonly string[]): Answer {
  return answer(status, 'text/plain; charset=utf-8', body, more);
}

/** HTML. */
export function html(status: number, body: string, more?: readonly string[]): Answer {
  return answer(status, 'text/html; charset=utf-8', body, more);
}

/** JSON, indented as programs print it for people. */
export function json(status: number, value: unknown, more?: readonly string[]): Answer {
  return answer(status, 'application/json', `${JSON.stringify(value, null, 2)}\n`, more);
}

const ENTITIES: Readonly<Record<string, string>> = Object.freeze({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/** Text that may stand inside HTML. */
export function escapeHtml(unsafe: string): string {
  return unsafe.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

const REASONS: Readonly<Record<number, string>> = Object.freeze({
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  418: "I'm a teapot",
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
});

/** The words that go with a status (RFC 9110, section 15). */
export function reasonPhrase(status: number): string {
  return REASONS[status] ?? 'Unknown';
}

/** Whether an answer of this status has no body by definition (RFC 9110, section 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304 || status < 200;
}

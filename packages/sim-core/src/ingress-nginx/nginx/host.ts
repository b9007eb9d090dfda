const COLON = 0x3a;
const DOT = 0x2e;
const SLASH = 0x2f;
const OPEN_BRACKET = 0x5b;
const SPACE = 0x20;
const DELETE = 0x7f;

/**
 * `$host` of a Host header: lower case, without port and without the dot at the end (ngx_http_validate_host).
 * Undefined where nginx answers 400: empty, two dots in a row, a slash, a blank or a control character.
 */
export function parseHost(header: string): string | undefined {
  const end = nameEnd(header);
  if (end < 0) return undefined;
  const length = header.charCodeAt(end - 1) === DOT ? end - 1 : end;
  if (length === 0) return undefined;
  return (length === header.length ? header : header.slice(0, length)).toLowerCase();
}

/** Where the name ends and the port begins; -1 for a name that is none. */
function nameEnd(header: string): number {
  let end = header.length;
  let lastDot = -2;
  const literal = header.charCodeAt(0) === OPEN_BRACKET;
  if (literal && header.includes(']')) end = header.indexOf(']') + 1;
  for (let i = 0; i < header.length; i++) {
    const code = header.charCodeAt(i);
    if (code === SLASH || code <= SPACE || code === DELETE) return -1;
    if (code === DOT && lastDot === i - 1) return -1;
    if (code === DOT) lastDot = i;
    if (code === COLON && !literal && end === header.length) end = i;
  }
  return end;
}

/** Bytes that a path must not hold as they are (ngx_escape_uri, NGX_ESCAPE_URI). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const UNSAFE = /[\x00-\x20"#%<>?\\^`{|}\x7f-\xff]/g;

/** A path of bytes as it stands in a request line. */
export function escapePath(path: string): string {
  return path.replace(UNSAFE, percentEncoded);
}

/** What a redirect must not take over as it is from the path (NGX_ESCAPE_ARGS, then NGX_UNESCAPE_REDIRECT). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const UNSAFE_IN_REDIRECT = /[\x00-\x20#%\x7f-\xff]/g;

/** A part of a path inside the Location of a redirect. */
export function escapeCapture(text: string): string {
  return text.replace(UNSAFE_IN_REDIRECT, percentEncoded);
}

/** A value inside a query, all but letters, digits and `-._~` (ngx_escape_uri, NGX_ESCAPE_URI_COMPONENT). */
export function escapeComponent(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~]/g, percentEncoded);
}

function percentEncoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

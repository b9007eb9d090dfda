/** Bytes that a path must not hold as they are (ngx_escape_uri, NGX_ESCAPE_URI). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const UNSAFE = /[\x00-\x20"#%<>?\\^`{|}\x7f-\xff]/g;

/** A path of bytes as it stands in a request line. */
export function escapePath(path: string): string {
  return path.replace(UNSAFE, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** A value inside a query, all but letters, digits and `-._~` (ngx_escape_uri, NGX_ESCAPE_URI_COMPONENT). */
export function escapeComponent(text: string): string {
  return text.replace(
    /[^A-Za-z0-9\-._~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

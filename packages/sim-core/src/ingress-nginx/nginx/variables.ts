import { HEADER_INVALID, type HeaderNames } from './header-names.ts';

/**
 * `$http_<name>`: the values of all headers of that name, joined as nginx joins them; undefined when there is none.
 * @param variable lower case, `_` for `-`
 */
export function httpVariable(headers: readonly string[], variable: string, names: HeaderNames): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = names.of(headers[i] as string);
    if (name.variable !== variable || name.code === HEADER_INVALID) continue;
    const separator = variable === 'cookie' ? '; ' : ', ';
    value = value === undefined ? (headers[i + 1] as string) : value + separator + (headers[i + 1] as string);
  }
  return value;
}

/**
 * `$cookie_<name>`: names without regard to case; a value ends at `;`, and `,` separates cookies too
 * (ngx_http_parse_multi_header_lines).
 * @param name lower case
 */
export function cookieVariable(headers: readonly string[], name: string): string | undefined {
  for (let i = 0; i < headers.length; i += 2) {
    const header = headers[i] as string;
    if (header.length !== 6 || header.toLowerCase() !== 'cookie') continue;
    const value = cookieIn(headers[i + 1] as string, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function cookieIn(line: string, name: string): string | undefined {
  for (let start = 0; start < line.length; ) {
    if (line.slice(start, start + name.length).toLowerCase() === name) {
      const value = valueAfter(line, start + name.length);
      if (value !== undefined) return value;
    }
    while (start < line.length && line[start] !== ';' && line[start] !== ',') start++;
    start++;
    while (line[start] === ' ') start++;
  }
  return undefined;
}

function valueAfter(line: string, from: number): string | undefined {
  let at = from;
  while (line[at] === ' ') at++;
  if (line[at] !== '=') return undefined;
  at++;
  while (line[at] === ' ') at++;
  const end = line.indexOf(';', at);
  return line.slice(at, end < 0 ? line.length : end);
}

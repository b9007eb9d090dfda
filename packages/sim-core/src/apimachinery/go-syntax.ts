/**
 * A value that already knows how Go's `%#v` prints it, for bad values whose Go type cannot be told from the JSON
 * (`v1.LabelSelector{…}`). Hand it to {@link invalid} as the value.
 */
export class GoLiteral {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
});

const NEEDS_ESCAPE = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

function escapeRune(rune: string): string {
  const short = SHORT_ESCAPES[rune];
  if (short !== undefined) return short;
  const code = rune.codePointAt(0) ?? 0xfffd;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A string as Go's `%q` prints it (`strconv.Quote`). */
export function goQuote(text: string): string {
  return `"${text.replace(NEEDS_ESCAPE, escapeRune)}"`;
}

function isStrings(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

/**
 * A JSON value as Go's `%#v` prints the Go value that holds it: slices and maps of strings with their own type,
 * everything mixed as `interface {}`. Map keys are sorted, as fmt sorts them.
 */
export function goSyntax(value: unknown): string {
  if (value instanceof GoLiteral) return value.text;
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const type = isStrings(value) ? '[]string' : '[]interface {}';
    return `${type}{${value.map(goSyntax).join(', ')}}`;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const type = isStrings(Object.values(value)) ? 'map[string]string' : 'map[string]interface {}';
  return `${type}{${entries.map(([key, item]) => `${goQuote(key)}:${goSyntax(item)}`).join(', ')}}`;
}

/** An int-or-string as v1.33 prints it inside an error: `intstr.IntOrString{Type:1, IntVal:0, StrVal:"25"}`. */
export function goIntOrString(value: number | string): GoLiteral {
  return typeof value === 'number'
    ? new GoLiteral(`intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`)
    : new GoLiteral(`intstr.IntOrString{Type:1, IntVal:0, StrVal:${goQuote(value)}}`);
}

/** A string slice, with Go's `[]string(nil)` for an absent one. */
export function goStrings(values: readonly string[] | null | undefined): GoLiteral {
  return new GoLiteral(values ? `[]string{${values.map(goQuote).join(', ')}}` : '[]string(nil)');
}

/** A string map, with Go's `map[string]string(nil)` for an absent one. */
export function goStringMap(map: Readonly<Record<string, string>> | null | undefined): GoLiteral {
  if (!map) return new GoLiteral('map[string]string(nil)');
  const keys = Object.keys(map).sort();
  return new GoLiteral(
    `map[string]string{${keys.map((key) => `${goQuote(key)}:${goQuote(map[key] ?? '')}`).join(', ')}}`,
  );
}

/** A JSON value as Go's `%v` prints it: `map[app:api ports:[80 443]]`. */
export function goString(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(goString).join(' ')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, item]) => `${key}:${goString(item)}`).join(' ')}]`;
}

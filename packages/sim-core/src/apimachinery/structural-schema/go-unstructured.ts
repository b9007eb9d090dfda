import { GoLiteral, goQuote } from '../go-syntax.ts';

/** A JSON value as Go's `%#v` prints it where it is held without a type (map[string]interface {}). */
export function goUnstructured(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? new GoLiteral(textOf(value)) : value;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(textOf).join(', ')}}`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[string]interface {}{${members.map(([name, member]) => `${goQuote(name)}:${textOf(member)}`).join(', ')}}`;
}

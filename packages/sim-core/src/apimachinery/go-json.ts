const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON as Go's encoding/json prints maps: keys sorted, no spaces unless asked for, and `<`, `>`, `&` escaped. */
export function goJson(value: unknown, indentation = 0): string {
  return JSON.stringify(sorted(value), null, indentation).replace(ESCAPED, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** What a field of a test vector may hold. */
export type Shape =
  | 'text'
  | 'number'
  | 'flag'
  /** Somebody else judges it: the API server a manifest, the reader of the file a remark. */
  | 'anything'
  | { readonly fields: Readonly<Record<string, Shape>>; readonly required?: readonly string[] }
  | { readonly listOf: Shape }
  /** Under any name. */
  | { readonly mapOf: Shape }
  | { readonly oneOf: readonly Shape[] }
  | { readonly nullOr: Shape };

/**
 * What of a value the shape does not know, as `request.cookies: unknown field`. Whoever runs a vector of which it does not
 * understand a part would say "passed" of something that it never looked at.
 * @param path where the value stands
 */
export function strangeness(value: unknown, shape: Shape, path = ''): string[] {
  if (shape === 'anything') return [];
  if (typeof shape === 'string') return strangeScalar(value, shape, path);
  if ('nullOr' in shape) return value === null ? [] : strangeness(value, shape.nullOr, path);
  if ('oneOf' in shape) return strangeAlternative(value, shape.oneOf, path);
  if ('listOf' in shape) {
    if (!Array.isArray(value)) return [`${path}: expected a list`];
    return value.flatMap((item, index) => strangeness(item, shape.listOf, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: expected a mapping`];
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const lacking = 'mapOf' in shape ? [] : (shape.required ?? []).filter((name) => !Object.hasOwn(value, name));
  const inside = Object.entries(value).flatMap(([name, inner]) => {
    if ('mapOf' in shape) return strangeness(inner, shape.mapOf, at(name));
    const known = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    return known === undefined ? [`${at(name)}: unknown field`] : strangeness(inner, known, at(name));
  });
  return [...lacking.map((name) => `${at(name)}: missing`), ...inside];
}

const SCALARS: Readonly<Record<'text' | 'number' | 'flag', string>> = Object.freeze({
  text: 'string',
  number: 'number',
  flag: 'boolean',
});

function strangeScalar(value: unknown, shape: 'text' | 'number' | 'flag', path: string): string[] {
  return typeof value === SCALARS[shape] ? [] : [`${path}: expected a ${SCALARS[shape]}`];
}

/** Says what the alternative lacks that comes nearest: a mapping's unknown field, not that it is no string. */
function strangeAlternative(value: unknown, alternatives: readonly Shape[], path: string): string[] {
  const all = alternatives.map((each) => strangeness(value, each, path));
  return all.find((each) => each.length === 0) ?? (all.at(-1) as string[]);
}

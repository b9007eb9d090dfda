import type { DecodeError } from '../apimachinery/schema/decode-error.ts';
import type { ScalarType, StructType, Type } from '../apimachinery/schema/types.ts';
import type { Path } from '../manifest/document.ts';
import { valueAt } from '../manifest/field-path.ts';
import { nearest } from '../manifest/nearest.ts';
import { oldBackendHint } from './old-backend.ts';

/** Fields that a hint lists at most. */
const LISTED = 16;

/**
 * What to do about something that the decoder refused; undefined where its own words say it all.
 * @param type of the whole object
 * @param object as it was given
 */
export function decodeHint(error: DecodeError, type: StructType, object: unknown): string | undefined {
  if (error.reason === 'UnknownField') return oldBackendHint(error.path, object) ?? unknownFieldHint(error.path, type);
  const expected = typeAt(type, error.path);
  return expected && mismatchHint(expected, valueAt(object, error.path), error.path);
}

function unknownFieldHint(path: Path, root: StructType): string | undefined {
  const key = String(path.at(-1));
  const holder = typeAt(root, path.slice(0, -1));
  if (holder?.kind !== 'struct') return undefined;
  const meant = nearest(key, holder.fields.keys());
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const home = homeOf(key, path, root);
  if (home !== undefined) return `"${key}" belongs ${home}: check its indentation.`;
  const known = [...holder.fields.keys()].sort();
  const list = known.slice(0, LISTED).join(', ');
  return `Known here: ${list}${known.length > LISTED ? ', …' : ''}`;
}

/** Where a field that stands in the wrong place would be known: further out, or in the spec. */
function homeOf(key: string, path: Path, root: StructType): string | undefined {
  for (let length = path.length - 2; length >= 0; length--) {
    const outer = typeAt(root, path.slice(0, length));
    if (outer?.kind !== 'struct' || !outer.fields.has(key)) continue;
    const name = path.slice(0, length).findLast((part) => typeof part === 'string');
    return name === undefined ? 'at the top, without indentation' : `under "${name}"`;
  }
  const spec = root.fields.get('spec')?.type;
  return spec?.kind === 'struct' && spec.fields.has(key) ? 'under "spec"' : undefined;
}

function mismatchHint(expected: Type, value: unknown, path: Path): string | undefined {
  if (expected.kind === 'scalar') return scalarHint(expected, value, path);
  if (expected.kind === 'list' && !Array.isArray(value)) return 'A list stands here: each entry begins with "- ".';
  if (Array.isArray(value)) return 'No list stands here: leave out the "- ".';
  return undefined;
}

function scalarHint({ scalar }: ScalarType, value: unknown, path: Path): string | undefined {
  if (scalar === 'string' && (typeof value === 'boolean' || typeof value === 'number')) {
    const what = path.includes('annotations') ? 'Annotations are texts' : 'This is a text';
    return `${what}: write "${value}", with quotes.`;
  }
  if (typeof value !== 'string') return undefined;
  const isNumber = (scalar === 'int32' || scalar === 'int64') && /^-?\d+$/.test(value);
  const isBool = scalar === 'bool' && /^(true|false)$/.test(value);
  return isNumber || isBool ? `Write ${value}, without quotes.` : undefined;
}

function typeAt(root: StructType, path: Path): Type | undefined {
  let type: Type | undefined = root;
  for (const part of path) {
    if (type?.kind === 'struct') type = type.fields.get(String(part))?.type;
    else if (type?.kind === 'map') type = type.values;
    else type = type?.kind === 'list' ? type.items : undefined;
  }
  return type;
}

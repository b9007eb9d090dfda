import type { DecodeError } from '../../apimachinery/schema/decode-error.ts';
import type { Type } from '../../apimachinery/schema/types.ts';

/** What encoding/json calls the values, and the Go kinds of what they are read into. */
const GO_KINDS: Readonly<Record<string, string>> = Object.freeze({
  string: 'string',
  bool: 'bool',
  object: 'map',
  array: 'slice',
});

/**
 * A decode error in the words of the converter that reads patched maps into Go objects
 * (apimachinery/pkg/runtime/converter.go): `unrecognized type: int32`, `cannot convert int64 to string`.
 */
export function conversionError(root: Type, { reason, message, path }: DecodeError): string {
  const found = /^json: cannot unmarshal (\w+)/.exec(message)?.[1];
  const type = typeAt(root, path);
  if (reason !== 'TypeMismatch' || found === undefined || type === undefined) return message;
  const kind = GO_KINDS[found] ?? 'int64';
  if (type.kind === 'list') return `cannot restore slice from ${kind}`;
  if (type.kind === 'map') return `cannot restore map from ${kind}`;
  if (type.kind === 'struct') return `cannot restore struct from: ${kind}`;
  if (type.scalar === 'string' && found === 'number') return `cannot convert int64 to ${type.goType}`;
  return `unrecognized type: ${type.scalar === 'double' ? 'float64' : type.scalar}`;
}

function typeAt(root: Type, path: DecodeError['path']): Type | undefined {
  let type: Type | undefined = root;
  for (const step of path) {
    if (type?.kind === 'struct') type = type.fields.get(String(step))?.type;
    else if (type?.kind === 'map') type = type.values;
    else if (type?.kind === 'list') type = type.items;
    else return undefined;
  }
  return type;
}

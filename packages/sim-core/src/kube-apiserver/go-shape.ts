import { formatQuantity, parseQuantity } from '../apimachinery/quantity.ts';
import type { StructType, Type } from '../apimachinery/schema/types.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A decoded object in the shape in which Go would hold and print it: null members are not there (in a map they are the
 * zero value), optional empty lists and maps neither, quantities are canonical. Expects what decodeStrict accepted.
 */
export function goShape(type: StructType, value: Json): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const field = type.fields.get(key);
    // What no Go struct has a member for is gone once it is decoded.
    const shaped = field && shape(field.type, member, field.required);
    if (shaped !== undefined) result[key] = shaped;
  }
  return result;
}

function shape(type: Type, value: unknown, required: boolean): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type.kind) {
    case 'struct':
      return goShape(type, value as Json);
    case 'list':
      return shapeList(type.items, value as unknown[], required);
    case 'map':
      return shapeMap(type.values, value as Json);
    case 'scalar':
      return type.scalar === 'quantity' ? formatQuantity(parseQuantity(String(value).trim())) : value;
  }
}

function shapeList(items: Type, values: readonly unknown[], required: boolean): unknown[] | undefined {
  if (values.length === 0 && !required) return undefined;
  return values.map((value) => shape(items, value, true) ?? zeroOf(items));
}

function shapeMap(values: Type, map: Json): Json | undefined {
  const entries = Object.entries(map).map(([key, value]) => [key, shape(values, value, true) ?? zeroOf(values)]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function zeroOf(type: Type): unknown {
  if (type.kind === 'list') return [];
  if (type.kind === 'struct' || type.kind === 'map') return {};
  switch (type.scalar) {
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'double':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    default:
      return '';
  }
}

import { quantityError } from '../quantity.ts';
import { type DecodeError, type DecodeReason, formatPath } from './decode-error.ts';
import { base64Error } from './go-base64.ts';
import { RFC3339, RFC3339_MICRO, timeError } from './go-time.ts';
import type { Field, ListType, MapType, ScalarType, Schema, StructType, Type } from './types.ts';

/** As many as the API server lists (`sigs.k8s.io/json`); a hostile document shall not make a huge answer. */
const MAX_ERRORS = 100;
/** Deeper than any real object; recursion ends long before the stack does. */
const MAX_DEPTH = 250;

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fitsInteger(value: number, scalar: 'int32' | 'int64'): boolean {
  if (!Number.isInteger(value)) return false;
  return scalar === 'int32' ? value === (value | 0) : value >= -(2 ** 63) && value < 2 ** 63;
}

class Walk {
  readonly errors: DecodeError[] = [];
  readonly #path: (string | number)[] = [];
  /** The path as encoding/json reports it: fields of structs only, no indices, no keys of maps. */
  readonly #goPath: string[] = [];
  #struct = '';

  value(type: Type, value: unknown): void {
    if (value === null || value === undefined) return;
    if (type.kind === 'scalar') this.#scalar(type, value);
    else if (this.#path.length > MAX_DEPTH) this.#add('Malformed', 'exceeded max depth');
    else if (type.kind === 'list') this.#list(type, value);
    else if (type.kind === 'map') this.#map(type, value);
    else this.#object(type, value);
  }

  #object(type: StructType, value: unknown): void {
    if (!isPlainObject(value)) return this.#mismatch(jsonType(value), type);
    const outer = this.#struct;
    this.#struct = type.goName;
    const { fields } = type;
    for (const key of Object.keys(value)) {
      const field = fields.get(key);
      this.#path.push(key);
      if (field) this.#field(field, value[key]);
      else this.#add('UnknownField', '');
      this.#path.pop();
    }
    this.#struct = outer;
  }

  #field(field: Field, value: unknown): void {
    this.#goPath.push(field.name);
    this.value(field.type, value);
    this.#goPath.pop();
  }

  #list(type: ListType, value: unknown): void {
    if (!Array.isArray(value)) return this.#mismatch(jsonType(value), type);
    for (let i = 0; i < value.length; i++) {
      this.#path.push(i);
      this.value(type.items, value[i]);
      this.#path.pop();
    }
  }

  #map(type: MapType, value: unknown): void {
    if (!isPlainObject(value)) return this.#mismatch(jsonType(value), type);
    for (const key of Object.keys(value)) {
      this.#path.push(key);
      this.value(type.values, value[key]);
      this.#path.pop();
    }
  }

  #scalar(type: ScalarType, value: unknown): void {
    switch (type.scalar) {
      case 'string':
        return typeof value === 'string' ? undefined : this.#mismatch(jsonType(value), type);
      case 'bool':
        return typeof value === 'boolean' ? undefined : this.#mismatch(jsonType(value), type);
      case 'int32':
      case 'int64':
        return this.#integer(type, type.scalar, value, 'TypeMismatch');
      case 'double':
        return typeof value === 'number' ? undefined : this.#mismatch(jsonType(value), type);
      case 'intOrString':
        return typeof value === 'string' ? undefined : this.#integer(type, 'int32', value, 'Malformed');
      case 'quantity':
        return this.#malformed(quantityError(typeof value === 'object' ? '{}' : String(value).trim()));
      case 'bytes':
        return typeof value === 'string' ? this.#base64(value) : this.#mismatch(jsonType(value), type);
      case 'time':
        return this.#time(type, value, RFC3339);
      case 'microTime':
        return this.#time(type, value, RFC3339_MICRO);
      case 'any':
        return;
    }
  }

  #integer(type: ScalarType, scalar: 'int32' | 'int64', value: unknown, reason: DecodeReason): void {
    if (typeof value !== 'number') return this.#mismatch(jsonType(value), type, reason);
    if (!fitsInteger(value, scalar)) this.#mismatch(`number ${value}`, type, reason);
  }

  #time(type: ScalarType, value: unknown, layout: string): void {
    if (typeof value !== 'string') return this.#mismatch(jsonType(value), type, 'Malformed');
    this.#malformed(timeError(value, layout));
  }

  #base64(value: string): void {
    const message = base64Error(value);
    if (message) this.#add('TypeMismatch', message);
  }

  #malformed(message: string | undefined): void {
    if (message) this.#add('Malformed', message);
  }

  #mismatch(value: string, type: Type, reason: DecodeReason = 'TypeMismatch'): void {
    const place = this.#struct === '' ? 'value' : `struct field ${this.#struct}.${this.#goPath.join('.')}`;
    this.#add(reason, `json: cannot unmarshal ${value} into Go ${place} of type ${type.goType}`);
  }

  #add(reason: DecodeReason, message: string): void {
    if (this.errors.length >= MAX_ERRORS) return;
    const field = formatPath(this.#path);
    const text = reason === 'UnknownField' ? `unknown field "${field}"` : message;
    this.errors.push({ reason, message: text, field, path: [...this.#path] });
  }
}

/**
 * Decodes an object as the API server's strict decoder does and lists everything that it would refuse, in the order of
 * the document; an empty list means that it decodes. It never throws, whatever the value, and changes nothing.
 * The texts are those of `encoding/json` and `sigs.k8s.io/json`; {@link decodeMessage} tells which of them the API server
 * would answer with.
 */
export function decodeStrict(
  schema: Schema,
  apiVersion: string,
  kind: string,
  value: unknown,
): { readonly errors: readonly DecodeError[] } {
  const type = schema.kind(apiVersion, kind);
  if (!type) {
    const message = `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
    return { errors: [{ reason: 'NoKind', message, field: 'kind', path: ['kind'] }] };
  }
  const walk = new Walk();
  walk.value(type, value ?? {});
  return { errors: walk.errors };
}

import { goString } from '../go-syntax.ts';
import type { Regex } from '../regex/regex.ts';
import { isOfFormat } from '../structural-schema/formats.ts';
import { formatTimestamp, parseTimestamp } from '../timestamp.ts';
import {
  CelDuration,
  CelError,
  CelOptional,
  CelTimestamp,
  compare,
  durationOf,
  isMap,
  noSuchOverload,
  typeName,
} from './values.ts';

/** What functions need beyond their arguments. */
export interface FunctionContext {
  /** @throws CelError where the pattern does not compile */
  regex(pattern: string): Regex;
}

/** A function; a method's first argument is what it is called on. */
export type CelFunction = (context: FunctionContext, ...args: readonly unknown[]) => unknown;

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw noSuchOverload();
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw noSuchOverload();
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw noSuchOverload();
}

function size(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw noSuchOverload();
}

function toInt(value: unknown): number {
  if (value instanceof CelTimestamp) return Math.floor(value.milliseconds / 1000);
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return Number(value);
  if (typeof value === 'string')
    throw new CelError(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  return Math.trunc(number(value));
}

function toDouble(value: unknown): number {
  if (typeof value !== 'string') return number(value);
  const read = Number(value);
  if (value.trim() !== '' && !Number.isNaN(read)) return read;
  throw new CelError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
}

function toText(value: unknown): string {
  if (value instanceof CelDuration) return `${value.nanoseconds / 1e9}s`;
  if (value instanceof CelTimestamp) return formatTimestamp(value.milliseconds);
  if (typeof value === 'object') throw noSuchOverload();
  return String(value);
}

function toTimestamp(value: unknown): CelTimestamp {
  if (value instanceof CelTimestamp) return value;
  if (!isOfFormat('date-time', text(value))) {
    throw new CelError(`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  }
  return new CelTimestamp(parseTimestamp(value as string));
}

function indexIn(value: unknown, wanted: unknown, from: unknown = 0): number {
  if (typeof value === 'string') return value.indexOf(text(wanted), number(from));
  return list(value).findIndex((item) => sameScalar(item, wanted));
}

function lastIndexIn(value: unknown, wanted: unknown): number {
  if (typeof value === 'string') return value.lastIndexOf(text(wanted));
  return list(value).findLastIndex((item) => sameScalar(item, wanted));
}

function sameScalar(a: unknown, b: unknown): boolean {
  return typeof a !== 'object' && a === b;
}

function substring(value: unknown, begin: unknown, end?: unknown): string {
  const runes = [...text(value)];
  const last = end === undefined ? runes.length : number(end);
  if (number(begin) < 0 || last > runes.length || number(begin) > last) {
    throw new CelError(`index out of range: ${begin}`);
  }
  return runes.slice(number(begin), last).join('');
}

function replace(value: unknown, old: unknown, next: unknown, count: unknown = -1): string {
  const limit = number(count);
  if (limit < 0) return text(value).replaceAll(text(old), () => text(next));
  const parts = text(value).split(text(old));
  const kept = Math.min(limit, parts.length - 1);
  return (
    parts.slice(0, kept + 1).join(text(next)) +
    parts
      .slice(kept + 1)
      .map((part) => text(old) + part)
      .join('')
  );
}

function extreme(value: unknown, isBetter: (order: number) => boolean): unknown {
  const items = list(value);
  if (items.length === 0) throw new CelError('min/max called on empty list');
  return items.reduce((best, item) => (isBetter(compare(item, best)) ? item : best));
}

function isSorted(value: unknown): boolean {
  return list(value).every((item, index, all) => index === 0 || compare(all[index - 1], item) <= 0);
}

function isUrl(value: unknown): boolean {
  return isOfFormat('uri', text(value));
}

function isIp(value: unknown): boolean {
  return isOfFormat('ipv4', text(value)) || isOfFormat('ipv6', text(value));
}

function regexOf(context: FunctionContext, pattern: unknown): Regex {
  return context.regex(text(pattern));
}

function optional(value: unknown): CelOptional {
  if (value instanceof CelOptional) return value;
  throw noSuchOverload();
}

function format(template: unknown, args: unknown): string {
  const values = [...list(args)];
  return text(template).replace(/%(?:\.\d+)?([sdfexXob%])/g, (_, verb: string) =>
    verb === '%' ? '%' : goString(values.shift()),
  );
}

/** Every function of CEL and of Kubernetes' libraries (k8s.io/apiserver/pkg/cel/library) that can be called here. */
export const FUNCTIONS: Readonly<Record<string, CelFunction>> = Object.freeze({
  size: (_: FunctionContext, value: unknown) => size(value),
  int: (_: FunctionContext, value: unknown) => toInt(value),
  uint: (_: FunctionContext, value: unknown) => toInt(value),
  double: (_: FunctionContext, value: unknown) => toDouble(value),
  string: (_: FunctionContext, value: unknown) => toText(value),
  bool: (_: FunctionContext, value: unknown) => (typeof value === 'string' ? value === 'true' : value),
  dyn: (_: FunctionContext, value: unknown) => value,
  type: (_: FunctionContext, value: unknown) => typeName(value),
  duration: (_: FunctionContext, value: unknown) => (value instanceof CelDuration ? value : durationOf(text(value))),
  timestamp: (_: FunctionContext, value: unknown) => toTimestamp(value),
  matches: (context: FunctionContext, value: unknown, pattern: unknown) => regexOf(context, pattern).test(text(value)),
  find: (context: FunctionContext, value: unknown, pattern: unknown) =>
    regexOf(context, pattern).exec(text(value))?.[0] ?? '',
  contains: (_: FunctionContext, value: unknown, part: unknown) => text(value).includes(text(part)),
  startsWith: (_: FunctionContext, value: unknown, part: unknown) => text(value).startsWith(text(part)),
  endsWith: (_: FunctionContext, value: unknown, part: unknown) => text(value).endsWith(text(part)),
  lowerAscii: (_: FunctionContext, value: unknown) => text(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  upperAscii: (_: FunctionContext, value: unknown) => text(value).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  trim: (_: FunctionContext, value: unknown) => text(value).trim(),
  charAt: (_: FunctionContext, value: unknown, index: unknown) => [...text(value)][number(index)] ?? '',
  split: (_: FunctionContext, value: unknown, separator: unknown) => text(value).split(text(separator)),
  join: (_: FunctionContext, value: unknown, separator: unknown = '') => list(value).map(text).join(text(separator)),
  replace: (_: FunctionContext, ...args: readonly unknown[]) => replace(args[0], args[1], args[2], args[3]),
  substring: (_: FunctionContext, ...args: readonly unknown[]) => substring(args[0], args[1], args[2]),
  indexOf: (_: FunctionContext, ...args: readonly unknown[]) => indexIn(args[0], args[1], args[2]),
  lastIndexOf: (_: FunctionContext, value: unknown, wanted: unknown) => lastIndexIn(value, wanted),
  format: (_: FunctionContext, template: unknown, args: unknown) => format(template, args),
  isSorted: (_: FunctionContext, value: unknown) => isSorted(value),
  sum: (_: FunctionContext, value: unknown) => list(value).reduce<number>((sum, item) => sum + number(item), 0),
  min: (_: FunctionContext, value: unknown) => extreme(value, (order) => order < 0),
  max: (_: FunctionContext, value: unknown) => extreme(value, (order) => order > 0),
  isURL: (_: FunctionContext, value: unknown) => isUrl(value),
  isIP: (_: FunctionContext, value: unknown) => isIp(value),
  isCIDR: (_: FunctionContext, value: unknown) => isOfFormat('cidr', text(value)),
  getSeconds: (_: FunctionContext, value: unknown) =>
    value instanceof CelDuration
      ? Math.trunc(value.nanoseconds / 1e9)
      : Math.floor(toTimestamp(value).milliseconds / 1000) % 60,
  orValue: (_: FunctionContext, value: unknown, other: unknown) =>
    optional(value).isThere ? optional(value).value : other,
  hasValue: (_: FunctionContext, value: unknown) => optional(value).isThere,
  value: (_: FunctionContext, value: unknown) => {
    if (!optional(value).isThere) throw new CelError('optional.none() dereference');
    return optional(value).value;
  },
});

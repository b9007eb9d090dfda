import { parseDuration } from '../../apimachinery/duration.ts';
import { goQuote } from '../../apimachinery/go-syntax.ts';
import { parseBool } from '../annotations/parsers.ts';
import { readInteger } from '../config-map/parsers.ts';

/** A value that its flag does not take, in Go's words. */
export class BadValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** How the text of a flag becomes its value, and what pflag calls such a value in its help; '' for a boolean. */
export interface FlagKind<T> {
  readonly typeName: string;
  /** Whether it takes its value behind `=` only. */
  readonly isBoolean?: boolean;
  read(text: string): T | BadValue;
}

function kind<T>(typeName: string, read: FlagKind<T>['read']): FlagKind<T> {
  return Object.freeze({ typeName, read });
}

function unreadable(func: string, text: string): BadValue {
  return new BadValue(`strconv.${func}: parsing ${goQuote(text)}: invalid syntax`);
}

export const STRING: FlagKind<string> = kind('string', (text) => text);

export const BOOL: FlagKind<boolean> = Object.freeze({
  typeName: '',
  isBoolean: true,
  read: (text: string) => {
    const value = parseBool(text);
    return typeof value === 'boolean' ? value : unreadable('ParseBool', text);
  },
});

export const INT: FlagKind<number> = kind('int', (text) => integer('ParseInt', text));

/** Not negative. */
export const UINT32: FlagKind<number> = kind('uint32', (text) =>
  text.startsWith('-') ? unreadable('ParseUint', text) : integer('ParseUint', text),
);

export const FLOAT: FlagKind<number> = kind('float32', float);

/** Milliseconds. */
export const DURATION: FlagKind<number> = kind('duration', (text) => {
  const value = parseDuration(text.replace(/^[+-]/, ''));
  if (value !== undefined) return text.startsWith('-') ? -value : value;
  return /^[+-]?\d+(\.\d+)?$/.test(text)
    ? new BadValue(`time: missing unit in duration ${goQuote(text)}`)
    : new BadValue(`time: invalid duration ${goQuote(text)}`);
});

/** Numbers between commas. */
export const FLOATS: FlagKind<readonly number[]> = kind('float64Slice', (text) => {
  const values = text.split(',').map(float);
  return values.find((value) => value instanceof BadValue) ?? (values as number[]);
});

/** Texts between commas. */
export const STRINGS: FlagKind<readonly string[]> = kind('strings', (text) => (text === '' ? [] : text.split(',')));

export const IP: FlagKind<string> = kind('ip', (text) =>
  /^[\d.]+$|:/.test(text.trim()) ? text.trim() : new BadValue(`failed to parse IP: ${goQuote(text)}`),
);

/** Of klog's `-v`: a level. */
export const LEVEL: FlagKind<number> = kind('Level', (text) =>
  /^[+-]?\d+$/.test(text) ? Number(text) : unreadable('ParseInt', text),
);

function integer(func: string, text: string): number | BadValue {
  const value = text === '' ? undefined : readInteger(text);
  return typeof value === 'number' ? value : unreadable(func, text);
}

function float(text: string): number | BadValue {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isNaN(value)) return value;
  const [, sign = '', word = ''] = /^([+-]?)(inf|infinity|nan)$/i.exec(text) ?? [];
  if (word === '') return unreadable('ParseFloat', text);
  if (/nan/i.test(word)) return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

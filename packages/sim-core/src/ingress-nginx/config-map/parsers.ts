import { InvalidValue } from '../annotations/define-annotation.ts';
import { parseBool, parseInteger, parseOffset, parseSize } from '../annotations/parsers.ts';

/*
 * How the ConfigMap's texts become values: as mapstructure does with WeaklyTypedInput, for most keys
 * (internal/ingress/controller/template/configmap.go, ReadConfig).
 */

/** An empty text is false. */
export function readBool(value: string): boolean | InvalidValue {
  return value === '' ? false : parseBool(value);
}

const INTEGER = /^([+-]?)(0x[\da-f]+|0b[01]+|0o?[0-7]+|0|[1-9]\d*)$/i;

/** Go's strconv.ParseInt with base 0: `0x1f`, `0b11` and `017` are numbers, too; an empty text is 0. */
export function readInteger(value: string): number | InvalidValue {
  if (value === '') return 0;
  const [, sign, digits = ''] = INTEGER.exec(value) ?? [];
  const [, octal] = /^0o?([0-7]+)$/i.exec(digits) ?? [];
  const number = octal === undefined ? Number(digits) : Number.parseInt(octal, 8);
  if (sign === undefined || !Number.isSafeInteger(number)) return new InvalidValue('not an integer');
  return sign === '-' ? -number : number;
}

/** Whole seconds, as milliseconds. */
export function readSeconds(value: string): number | InvalidValue {
  const seconds = readInteger(value);
  return typeof seconds === 'number' ? seconds * 1000 : seconds;
}

/** A size, which goes to nginx as it is; NaN for one with which it does not start. */
export function readSize(value: string): number {
  const size = parseSize(value);
  return typeof size === 'number' ? size : Number.NaN;
}

/** The same where the controller leaves out what nginx would refuse (template.go, isValidByteSize). */
export function readOffset(value: string): number | InvalidValue {
  const size = parseOffset(value);
  return Number.isNaN(size) ? new InvalidValue('not a size') : size;
}

export function readText(value: string): string {
  return value;
}

/** Parts between commas, without the blanks around them (splitAndTrimSpace). */
export function readList(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const REDIRECTS: readonly number[] = Object.freeze([301, 302, 307, 308]);

export function readRedirectCode(value: string): number | InvalidValue {
  const code = parseInteger(value);
  return typeof code === 'number' && REDIRECTS.includes(code) ? code : new InvalidValue('not a redirect code');
}

/** Statuses of errors; what is none is left out (filterErrors). */
export function readErrors(value: string): number[] {
  const codes = readList(value).map((part) => parseInteger(part));
  return codes.filter((code): code is number => typeof code === 'number' && code > 299 && code < 600);
}

/** `4 8k` */
export function readBuffers(value: string): { number: number; size: number } | InvalidValue {
  const [, number, size = ''] = /^(\d+)\s+(\w+)$/.exec(value.trim()) ?? [];
  return number === undefined
    ? new InvalidValue('not a number of buffers and their size')
    : { number: Number(number), size: readSize(size) };
}

import { GoLiteral, goQuote } from './go-syntax.ts';
/** How a quantity was written, and how it is written again (`resource.Format`). */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount, in billionths of its unit, as `resource.Quantity` holds it. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const FORMAT_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_ERROR = "unable to parse quantity's suffix";

/** Longer texts are no amounts; reading millions of digits would take minutes. */
const MAX_LENGTH = 400;
const NANO = 1_000_000_000n;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;
/** Far beyond anything that a cluster has; keeps `1e999999999` from filling the memory. */
const MAX_EXPONENT = 300;

const DECIMAL: Readonly<Record<string, number>> = Object.freeze({
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
});
const DECIMAL_SUFFIXES = Object.freeze(['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']);
const BINARY_SUFFIXES = Object.freeze(['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']);

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;

interface Scale {
  readonly format: QuantityFormat;
  readonly base: 2 | 10;
  readonly exponent: number;
}

function scaleOf(suffix: string): Scale | undefined {
  const decimal = Object.hasOwn(DECIMAL, suffix) ? DECIMAL[suffix] : undefined;
  if (decimal !== undefined) return { format: 'DecimalSI', base: 10, exponent: decimal };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary > 0) return { format: 'BinarySI', base: 2, exponent: binary * 10 };
  if (!/^[eE][-+]?\d+$/.test(suffix)) return undefined;
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > MAX_EXPONENT ? undefined : { format: 'DecimalExponent', base: 10, exponent };
}

/** Division that rounds away from zero: whoever asks for a little gets a little. */
function divideUp(value: bigint, by: bigint): bigint {
  return value <= 0n ? -(-value / by) - (-value % by === 0n ? 0n : 1n) : (value + by - 1n) / by;
}

function toNanos(digits: bigint, fractionDigits: number, { base, exponent }: Scale): bigint {
  if (base === 2) return divideUp(digits * 2n ** BigInt(exponent) * NANO, 10n ** BigInt(fractionDigits));
  const shift = exponent - fractionDigits + 9;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
}

function parse(text: string): Quantity | string {
  const match = text === '' || text.length > MAX_LENGTH ? null : PATTERN.exec(text);
  if (!match) return FORMAT_ERROR;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const scale = scaleOf(suffix);
  if (!scale) return SUFFIX_ERROR;
  const nanos = toNanos(BigInt(`${whole}${fraction}` || '0'), fraction.length, scale);
  const capped = scale.format === 'BinarySI' && nanos > MAX_BINARY ? MAX_BINARY : nanos;
  return { nanos: sign === '-' ? -capped : capped, format: scale.format };
}

/** What the API server says of a text that is no quantity; undefined when it is one. */
export function quantityError(text: string): string | undefined {
  const result = parse(text);
  return typeof result === 'string' ? result : undefined;
}

/**
 * Reads a quantity, `100m`, `1.5Gi`, `2e3`, or a bare number as YAML gives it
 * (`k8s.io/apimachinery/pkg/api/resource/quantity.go`). Throws with the API server's words; see {@link quantityError}.
 */
export function parseQuantity(text: string | number): Quantity {
  const result = parse(String(text));
  if (typeof result === 'string') throw new Error(result);
  return result;
}

function removeFactors(value: bigint, factor: bigint, limit: number): [value: bigint, removed: number] {
  let rest = value;
  let removed = 0;
  while (rest !== 0n && rest % factor === 0n && removed < limit) {
    rest /= factor;
    removed++;
  }
  return [rest, removed];
}

function formatDecimal({ nanos, format }: Quantity): string {
  const [number, thousands] = removeFactors(nanos, 1000n, Number.POSITIVE_INFINITY);
  const exponent = thousands * 3 - 9;
  if (format !== 'DecimalExponent' && thousands < DECIMAL_SUFFIXES.length)
    return `${number}${DECIMAL_SUFFIXES[thousands]}`;
  return exponent === 0 ? `${number}` : `${number}e${exponent}`;
}

/** The canonical text of a quantity: no fraction, the largest suffix that keeps it exact. */
export function formatQuantity(quantity: Quantity): string {
  const { nanos, format } = quantity;
  if (nanos === 0n) return '0';
  const size = nanos < 0n ? -nanos : nanos;
  // Below 1024 and for fractions a binary suffix would lose precision or mean nothing.
  const decimal = format !== 'BinarySI' || nanos % NANO !== 0n || size < 1024n * NANO;
  if (decimal) return formatDecimal(format === 'BinarySI' ? { nanos, format: 'DecimalSI' } : quantity);
  const [number, power] = removeFactors(nanos / NANO, 1024n, BINARY_SUFFIXES.length - 1);
  return `${number}${BINARY_SUFFIXES[power]}`;
}

/** Negative, zero or positive as `a` is smaller than, equal to or larger than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum; it is written like `a`, unless `a` is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** Whole units, rounded up (`Quantity.Value`): bytes of memory. */
export function quantityValue(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, NANO));
}

/** Thousandths, rounded up (`Quantity.MilliValue`): CPU. */
export function quantityMilliValue(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, NANO / 1000n));
}

/** A quantity as `%#v` prints it inside an error; the text is what was parsed. Exact for amounts of up to 15 digits. */
export function goQuantity(text: string): GoLiteral {
  const [, sign = '', whole = '', fraction = '', suffix = ''] = /^([+-]?)(\d*)\.?(\d*)(.*)$/.exec(text) ?? [];
  const { nanos, format } = parseQuantity(text);
  const binary = format === 'BinarySI' && suffix !== '';
  const scale = binary ? 0 : exponentOf(suffix) - fraction.length;
  const value = binary ? nanos / NANO : BigInt(`${sign === '-' ? '-' : ''}${`${whole}${fraction}` || '0'}`);
  return new GoLiteral(
    `resource.Quantity{i:resource.int64Amount{value:${value}, scale:${scale}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:${goQuote(text)}, Format:${goQuote(format)}}`,
  );
}

function exponentOf(suffix: string): number {
  const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(suffix);
  return decimal >= 0 ? (decimal - 3) * 3 : Number(suffix.slice(1)) || 0;
}

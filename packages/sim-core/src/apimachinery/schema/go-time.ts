import { goQuote } from '../go-syntax.ts';

/** `metav1.Time` in JSON. */
export const RFC3339 = '2006-01-02T15:04:05Z07:00';
/** `metav1.MicroTime` in JSON. */
export const RFC3339_MICRO = '2006-01-02T15:04:05.000000Z07:00';

const LITERAL_OR_ELEMENT = /2006|01|02|15|04|05|\.000000|Z07:00|-|T|:/g;

const PATTERNS: Readonly<Record<string, RegExp>> = Object.freeze({
  '2006': /^\d{4}/,
  '01': /^\d\d/,
  '02': /^\d\d/,
  '15': /^\d\d?/,
  '04': /^\d\d/,
  '05': /^\d\d/,
  '.000000': /^[.,]\d{6}/,
  'Z07:00': /^(?:Z|[+-]\d\d:\d\d)/,
  '-': /^-/,
  T: /^T/,
  ':': /^:/,
});

const RANGES: Readonly<Record<string, readonly [name: string, min: number, max: number]>> = Object.freeze({
  '01': ['month', 1, 12],
  '15': ['hour', 0, 23],
  '04': ['minute', 0, 59],
  '05': ['second', 0, 59],
});

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function outOfRange(element: string, text: string): string | undefined {
  const [name, min, max] = RANGES[element] ?? [];
  if (name === undefined || min === undefined || max === undefined) return undefined;
  return Number(text) < min || Number(text) > max ? `${name} out of range` : undefined;
}

function dayError(parts: ReadonlyMap<string, string>): string | undefined {
  const [year, month, day] = ['2006', '01', '02'].map((element) => Number(parts.get(element)));
  return day === 0 || (day ?? 0) > daysIn(year ?? 0, month ?? 0) ? 'day out of range' : undefined;
}

/**
 * What Go's `time.Parse` says of a text that does not follow the layout ({@link RFC3339} or {@link RFC3339_MICRO});
 * undefined when it does.
 */
export function timeError(text: string, layout: string): string | undefined {
  const parts = new Map<string, string>();
  let rest = text;
  for (const [element] of layout.matchAll(LITERAL_OR_ELEMENT)) {
    const found = PATTERNS[element]?.exec(rest)?.[0];
    if (found === undefined) {
      return `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(element)}`;
    }
    const range = outOfRange(element, found);
    if (range) return `parsing time ${goQuote(text)}: ${range}`;
    parts.set(element, found);
    rest = rest.slice(found.length);
    if (element === '05' && layout === RFC3339) rest = rest.replace(/^[.,]\d+/, '');
  }
  if (rest !== '') return `parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`;
  const day = dayError(parts);
  return day && `parsing time ${goQuote(text)}: ${day}`;
}

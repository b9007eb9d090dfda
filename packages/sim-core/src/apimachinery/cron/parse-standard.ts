import { parseDuration } from '../duration.ts';
import { goQuote } from '../go-syntax.ts';

/** What a schedule says: five sets, or an interval (robfig/cron v3 SpecSchedule, ConstantDelaySchedule). */
export type CronSchedule =
  | {
      readonly minutes: ReadonlySet<number>;
      readonly hours: ReadonlySet<number>;
      readonly days: ReadonlySet<number>;
      readonly months: ReadonlySet<number>;
      readonly weekdays: ReadonlySet<number>;
      /** Whether day of month or day of week was left open: then both must match, else either is enough. */
      readonly anyDay: boolean;
      /** From `TZ=` or `CRON_TZ=`. */
      readonly zone?: string;
    }
  | {
      /** Milliseconds, whole seconds. */
      readonly every: number;
      readonly zone?: string;
    };

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = Object.freeze(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']);
const WEEKDAYS = Object.freeze(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
const BOUNDS: readonly Bounds[] = Object.freeze([
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEKDAYS },
]);

const DESCRIPTORS: Readonly<Record<string, string>> = Object.freeze({
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
});
const EVERY = '@every ';

/** Why a schedule cannot be read. */
class CronError extends Error {}

/**
 * Reads a schedule of five fields, or a descriptor such as `@hourly` or `@every 5m` (github.com/robfig/cron v3
 * ParseStandard). @returns a text in robfig's words where it is none
 */
export function parseStandard(text: string): CronSchedule | string {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof CronError) return error.message;
    throw error;
  }
}

function parse(text: string): CronSchedule {
  if (text === '') throw new CronError('empty spec string');
  const zoned = /^(?:CRON_)?TZ=(\S*)\s(.*)$/s.exec(text);
  const [zone, spec] = zoned === null ? [undefined, text] : [zoned[1] as string, (zoned[2] as string).trim()];
  if (!spec.startsWith('@')) return { ...parseFields(spec), ...(zone && { zone }) };
  const fields = DESCRIPTORS[spec];
  if (fields !== undefined) return { ...parseFields(fields), ...(zone && { zone }) };
  if (spec.startsWith(EVERY)) return { every: parseEvery(spec), ...(zone && { zone }) };
  throw new CronError(`unrecognized descriptor: ${spec}`);
}

function parseEvery(spec: string): number {
  const text = spec.slice(EVERY.length);
  const duration = parseDuration(text);
  if (duration === undefined) throw new CronError(`failed to parse duration ${spec}: ${durationError(text)}`);
  return Math.max(1000, Math.floor(duration / 1000) * 1000);
}

/** The words of time.ParseDuration. */
function durationError(text: string): string {
  if (/^[\d.]*\d$/.test(text)) return `time: missing unit in duration ${goQuote(text)}`;
  const unit = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))*\d+(?:\.\d+)?([^\d.]+)/.exec(text)?.[1];
  if (unit !== undefined) return `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`;
  return `time: invalid duration ${goQuote(text)}`;
}

function parseFields(spec: string): CronSchedule {
  const fields = spec.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== BOUNDS.length) {
    throw new CronError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  }
  const sets = fields.map((field, i) => parseField(field, BOUNDS[i] as Bounds));
  const [minutes, hours, days, months, weekdays] = sets.map(({ values }) => values) as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  return { minutes, hours, days, months, weekdays, anyDay: sets[2]?.star === true || sets[4]?.star === true };
}

/** `getField`: ranges with commas between them. */
function parseField(field: string, bounds: Bounds): { values: Set<number>; star: boolean } {
  const values = new Set<number>();
  let star = false;
  for (const range of field.split(',').filter((part) => part !== '')) {
    const { start, end, step, open } = parseRange(range, bounds);
    star ||= open;
    for (let value = start; value <= end; value += step) values.add(value);
  }
  return { values, star };
}

/** `getRange`: `*`, `5`, `1-5`, each with `/2` behind it. */
function parseRange(text: string, bounds: Bounds): { start: number; end: number; step: number; open: boolean } {
  const [range = '', stepText, ...slashes] = text.split('/');
  const [low = '', high, ...hyphens] = range.split('-');
  const open = low === '*' || low === '?';
  if (!open && hyphens.length > 0) throw new CronError(`too many hyphens: ${text}`);
  const start = open ? bounds.min : parseNumber(low, bounds);
  let end = open ? bounds.max : high === undefined ? start : parseNumber(high, bounds);
  if (slashes.length > 0) throw new CronError(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : parseInteger(stepText);
  if (stepText !== undefined && high === undefined) end = bounds.max;
  refuseOutside({ start, end, step }, bounds, text);
  return { start, end, step, open: open && step === 1 };
}

function refuseOutside(
  { start, end, step }: { start: number; end: number; step: number },
  { min, max }: Bounds,
  text: string,
): void {
  if (start < min) throw new CronError(`beginning of range (${start}) below minimum (${min}): ${text}`);
  if (end > max) throw new CronError(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) throw new CronError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new CronError(`step of range should be a positive number: ${text}`);
}

function parseNumber(text: string, { min, names }: Bounds): number {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  return index >= 0 ? index + min : parseInteger(text);
}

/** `mustParseInt` */
function parseInteger(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) {
    throw new CronError(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  }
  const number = Number(text);
  if (number < 0) throw new CronError(`negative number (${number}) not allowed: ${text}`);
  return number;
}

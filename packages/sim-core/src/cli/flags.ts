import { parseDuration } from '../apimachinery/duration.ts';
import { nearest } from '../manifest/nearest.ts';
import { CliError, EXIT } from './exit-codes.ts';

/** What a flag takes; `help` is its line in the command's help. */
export interface Flag {
  readonly type: 'text' | 'number' | 'port' | 'duration' | 'switch' | 'list';
  readonly help: string;
  readonly value?: string;
  /** Value when the flag stands alone. Only for ports: a number that follows is its value. */
  readonly bare?: number;
  readonly default?: string | number | boolean;
  readonly oneOf?: readonly string[];
  /** Bounds of a number, and whether it has to be a whole one. */
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export type Flags = Readonly<Record<string, Flag>>;

type ValueOf<F extends Flag> = F['type'] extends 'switch'
  ? boolean
  : F['type'] extends 'list'
    ? string[]
    : F['type'] extends 'text'
      ? string
      : number;

/** Values of parsed flags: durations in milliseconds, lists always there, everything else undefined when not given. */
export type FlagValues<T extends Flags> = {
  [K in keyof T]: T[K]['type'] extends 'list' ? string[] : ValueOf<T[K]> | undefined;
};

export interface Parsed<T extends Flags> {
  readonly flags: FlagValues<T>;
  /** Flags that the user gave, as opposed to defaults. */
  readonly given: ReadonlySet<keyof T>;
  readonly positionals: string[];
}

/**
 * Takes `--flag value`, `--flag=value`, `-n` for `--namespace`, switches with `--no-` before their name, and `--` after which
 * all is positional.
 * @throws CliError usage, naming the nearest flag
 */
export function parseFlags<T extends Flags>(known: T, argv: readonly string[]): Parsed<T> {
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(known)) values[name] = flag.type === 'list' ? [] : flag.default;
  const given = new Set<keyof T>();
  const positionals: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const argument = longName(known, argv[i] as string);
    if (argument === '--') {
      positionals.push(...argv.slice(i + 1));
      break;
    }
    if (!argument.startsWith('--')) {
      positionals.push(expectPositional(argument));
      continue;
    }
    const { name, flag, negated, inline } = findFlag(known, argument);
    given.add(name);
    if (flag.type === 'switch') {
      values[name] = inline === undefined ? !negated : inline === 'true';
      continue;
    }
    if (inline === undefined && flag.bare !== undefined && !/^\d+$/.test(argv[i + 1] ?? '')) {
      values[name] = flag.bare;
      continue;
    }
    const text = inline ?? argv[++i];
    if (text === undefined)
      throw new CliError(EXIT.usage, `--${name} needs a value: --${name} ${flag.value ?? flag.type}`);
    const value = readValue(name, flag, text);
    if (flag.type === 'list') (values[name] as unknown[]).push(value);
    else values[name] = value;
  }
  return { flags: values as FlagValues<T>, given, positionals };
}

/** kubectl's short form of a flag that fingers know. */
function longName(known: Flags, argument: string): string {
  return argument === '-n' && Object.hasOwn(known, 'namespace') ? '--namespace' : argument;
}

function expectPositional(argument: string): string {
  if (argument.length > 1 && argument.startsWith('-')) {
    throw new CliError(EXIT.usage, `unknown flag ${argument}; flags are written with two dashes, see --help`);
  }
  return argument;
}

function findFlag(
  known: Flags,
  argument: string,
): { name: string; flag: Flag; negated: boolean; inline: string | undefined } {
  const equals = argument.indexOf('=');
  const written = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
  const inline = equals < 0 ? undefined : argument.slice(equals + 1);
  const plain = Object.hasOwn(known, written) ? known[written] : undefined;
  if (plain !== undefined) return { name: written, flag: plain, negated: false, inline };
  const name = written.startsWith('no-') ? written.slice(3) : '';
  const negatable = Object.hasOwn(known, name) ? known[name] : undefined;
  if (negatable?.type === 'switch') return { name, flag: negatable, negated: true, inline };
  const meant = nearest(written, Object.keys(known));
  throw new CliError(
    EXIT.usage,
    `unknown flag --${written}${meant === undefined ? '; see --help' : `, did you mean --${meant}?`}`,
  );
}

function readValue(name: string, flag: Flag, text: string): string | number {
  if (flag.oneOf !== undefined && !flag.oneOf.includes(text)) {
    throw new CliError(EXIT.usage, `--${name} takes ${flag.oneOf.join(' or ')}, not "${text}"`);
  }
  if (flag.type === 'text' || flag.type === 'list') return text;
  const value = flag.type === 'duration' ? parseDuration(text) : Number(text === '' ? Number.NaN : text);
  const valid =
    value !== undefined &&
    Number.isFinite(value) &&
    value >= (flag.least ?? 0) &&
    value <= (flag.most ?? Number.MAX_SAFE_INTEGER) &&
    (flag.whole !== true || Number.isInteger(value)) &&
    (flag.type !== 'port' || (Number.isInteger(value) && value >= 0 && value <= 65535));
  if (!valid) {
    const expected = {
      duration: 'a duration such as 3s or 500ms',
      port: 'a port from 0 to 65535',
      number: numberWords(flag),
    }[flag.type as 'number'];
    throw new CliError(EXIT.usage, `--${name} takes ${expected}, not "${text}"`);
  }
  return value;
}

function numberWords({ whole, least = 0, most }: Flag): string {
  return `a ${whole === true ? 'whole ' : ''}number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`;
}

/** Help lines for flags, aligned. */
export function describeFlags(known: Flags): string[] {
  const rows = Object.entries(known).map(([name, flag]) => {
    const value = flag.type === 'switch' ? '' : ` ${flag.value ?? flag.oneOf?.join('|') ?? flag.type}`;
    const fallback = flag.default === undefined || flag.default === false ? '' : ` (default ${flag.default})`;
    return [`  --${name}${value}`, `${flag.help}${fallback}`] as const;
  });
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => left.padEnd(width) + right);
}

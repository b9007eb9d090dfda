import { goQuote } from '../../apimachinery/go-syntax.ts';
import { FlagError, NothingToRun } from './flag-error.ts';
import { BadValue, type FlagKind } from './flag-values.ts';

/** Flags by name. Those of one letter are known by `-x` too. */
export type FlagSet = Readonly<Record<string, { readonly kind: FlagKind<unknown>; readonly default: unknown }>>;

/**
 * Reads a command line as spf13/pflag does: `--name=value`, `--name value`, `-x value`, booleans with their value behind `=`
 * only; of a flag that is given twice the last counts, what is no flag is passed over, and `--` ends them.
 * @returns what was given, by name
 * @throws FlagError in pflag's words
 */
export function parseFlagSet(set: FlagSet, argv: readonly string[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (let index = 0; index < argv.length; ) {
    const argument = argv[index] as string;
    const next = argv[index + 1];
    if (argument === '--') break;
    index++;
    if (argument.startsWith('--')) index += long(set, argument, next, values);
    else if (argument.startsWith('-') && argument.length > 1) index += short(set, argument, next, values);
  }
  return values;
}

/** @returns how many further arguments it took */
function long(set: FlagSet, argument: string, next: string | undefined, values: Map<string, unknown>): number {
  const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(argument) ?? [];
  if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${argument}`);
  const flag = Object.hasOwn(set, name) ? set[name] : undefined;
  if (flag === undefined) throw name === 'help' ? new NothingToRun(true) : new FlagError(`unknown flag: --${name}`);
  const text = value ?? (flag.kind.isBoolean ? 'true' : next);
  if (text === undefined) throw new FlagError(`flag needs an argument: ${argument}`);
  values.set(name, read(flag.kind, text, name));
  return value === undefined && !flag.kind.isBoolean ? 1 : 0;
}

/** `-v=2`, `-v2`, `-v 2`. */
function short(set: FlagSet, argument: string, next: string | undefined, values: Map<string, unknown>): number {
  const letter = argument.charAt(1);
  const flag = Object.hasOwn(set, letter) ? set[letter] : undefined;
  if (flag === undefined) {
    throw letter === 'h' ? new NothingToRun(true) : new FlagError(`unknown shorthand flag: '${letter}' in ${argument}`);
  }
  const rest = argument.slice(2).replace(/^=/, '');
  const text = rest === '' ? next : rest;
  if (text === undefined) throw new FlagError(`flag needs an argument: '${letter}' in ${argument}`);
  values.set(letter, read(flag.kind, text, letter));
  return rest === '' ? 1 : 0;
}

function read(kind: FlagKind<unknown>, text: string, name: string): unknown {
  const value = kind.read(text);
  if (!(value instanceof BadValue)) return value;
  const spelt = name.length === 1 ? `-${name}, --${name}` : `--${name}`;
  throw new FlagError(`invalid argument ${goQuote(text)} for ${goQuote(spelt)} flag: ${value.reason}`);
}

/** What pflag prints of a set: names and types; what each flag is for stands in the original's documentation. */
export function usageOf(set: FlagSet): string[] {
  return [
    'Usage of :',
    ...Object.keys(set)
      .sort()
      .map((name) => {
        const dashes = name.length === 1 ? `  -${name}, --${name}` : `      --${name}`;
        return `${dashes} ${set[name]?.kind.typeName ?? ''}`.trimEnd();
      }),
  ];
}

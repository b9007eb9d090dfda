/** A command line taken apart as getopt(3) does. */
export interface Options {
  has(letter: string): boolean;
  /** Value of an option, the last one given. */
  value(letter: string): string | undefined;
  values(letter: string): readonly string[];
  readonly rest: readonly string[];
}

/**
 * @param withValue letters of the options that take a value
 * @param long letters by long name; a name that ends with `=` takes a value
 */
export function parseOptions(
  args: readonly string[],
  withValue = '',
  long: Readonly<Record<string, string>> = {},
): Options {
  const found = new Map<string, string[]>();
  const rest: string[] = [];
  const add = (letter: string, value = '') => found.set(letter, [...(found.get(letter) ?? []), value]);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '--') {
      rest.push(...args.slice(index + 1));
      break;
    }
    if (arg.startsWith('--')) index += addLong(arg.slice(2), args[index + 1], long, add);
    else if (arg.startsWith('-') && arg !== '-') index += addShort(arg.slice(1), args[index + 1], withValue, add);
    else rest.push(arg);
  }
  return {
    has: (letter) => found.has(letter),
    value: (letter) => found.get(letter)?.at(-1),
    values: (letter) => found.get(letter) ?? [],
    rest,
  };
}

/** @returns how many further arguments were used */
function addLong(
  text: string,
  next: string | undefined,
  long: Readonly<Record<string, string>>,
  add: (letter: string, value?: string) => void,
): number {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const withValue = long[`${name}=`];
  if (withValue === undefined) add(long[name] ?? name, equals < 0 ? '' : text.slice(equals + 1));
  else add(withValue, equals < 0 ? (next ?? '') : text.slice(equals + 1));
  return withValue !== undefined && equals < 0 ? 1 : 0;
}

function addShort(
  text: string,
  next: string | undefined,
  withValue: string,
  add: (letter: string, value?: string) => void,
): number {
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (!withValue.includes(letter)) {
      add(letter);
      continue;
    }
    const attached = text.slice(at + 1);
    add(letter, attached === '' ? (next ?? '') : attached);
    return attached === '' ? 1 : 0;
  }
  return 0;
}

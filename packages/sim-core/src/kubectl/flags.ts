import { KubectlError } from './kubectl-error.ts';

/** One flag of a command, as pflag declares it. */
export interface KubectlFlag {
  readonly type: 'bool' | 'string' | 'int' | 'list';
  readonly short?: string;
  readonly default?: string | number | boolean;
  /** The value of `--flag` without one (pflag NoOptDefVal). */
  readonly bare?: string;
}

export type KubectlFlags = Readonly<Record<string, KubectlFlag>>;

/** Values of the flags of a command line. */
export interface FlagValues {
  text(name: string): string;
  number(name: string): number;
  is(name: string): boolean;
  list(name: string): string[];
  /** Whether the user gave it. */
  given(name: string): boolean;
}

/** What stands in a command line. */
export interface ParsedLine {
  readonly flags: FlagValues;
  readonly args: string[];
  /** How many arguments stand before `--`; -1 without it. */
  readonly dash: number;
}

/** Flags that every command takes (genericclioptions.ConfigFlags). */
export const GLOBAL_FLAGS: KubectlFlags = Object.freeze({
  namespace: { type: 'string', short: 'n', default: '' },
  context: { type: 'string', default: '' },
  kubeconfig: { type: 'string', default: '' },
  server: { type: 'string', short: 's', default: '' },
  'request-timeout': { type: 'string', default: '0' },
  'warnings-as-errors': { type: 'bool' },
  v: { type: 'string', short: 'v', default: '0' },
  help: { type: 'bool', short: 'h' },
});

/** Takes a command line apart as pflag does. @throws KubectlError in its words */
export function parseLine(command: string, own: KubectlFlags, argv: readonly string[]): ParsedLine {
  const known = { ...GLOBAL_FLAGS, ...own };
  const values = new Map<string, string | string[]>();
  const args: string[] = [];
  let dash = -1;
  const refuse = (message: string): never => {
    throw new KubectlError(`error: ${message}\nSee 'kubectl ${command} --help' for usage.`);
  };
  const set = (name: string, written: string, value: string): void => {
    const { type } = known[name] as KubectlFlag;
    if (type === 'list') values.set(name, [...((values.get(name) as string[] | undefined) ?? []), value]);
    else values.set(name, checked(type, written, value, refuse));
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') {
      dash = args.length;
      args.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      continue;
    }
    if (word.startsWith('--')) {
      const [name = '', inline] = cut(word.slice(2));
      const flag = Object.hasOwn(known, name) ? known[name] : undefined;
      if (flag === undefined) refuse(`unknown flag: --${name}`);
      const bare = flag?.bare ?? (flag?.type === 'bool' ? 'true' : undefined);
      const value = inline ?? bare ?? argv[++i];
      if (value === undefined) refuse(`flag needs an argument: --${name}`);
      set(name, `--${name}`, value as string);
      continue;
    }
    i += parseShorthands(word, argv[i + 1], known, set, refuse);
  }
  return { flags: valuesOf(known, values), args, dash };
}

/** `-it`, `-n default`, `-ndefault`, `-l=app=web`. Returns how many further words it took. */
function parseShorthands(
  word: string,
  following: string | undefined,
  known: KubectlFlags,
  set: (name: string, written: string, value: string) => void,
  refuse: (message: string) => never,
): number {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] as string;
    const [name, flag] = Object.entries(known).find(([, each]) => each.short === letter) ?? [];
    if (name === undefined || flag === undefined) {
      return refuse(`unknown shorthand flag: '${letter}' in ${word}`);
    }
    const written = `-${letter}, --${name}`;
    const rest = word.slice(at + 1);
    const bare = flag.bare ?? (flag.type === 'bool' ? 'true' : undefined);
    if (rest.startsWith('=')) {
      set(name, written, rest.slice(1));
      return 0;
    }
    if (bare !== undefined) {
      set(name, written, bare);
      continue;
    }
    if (rest !== '') {
      set(name, written, rest);
      return 0;
    }
    if (following === undefined) return refuse(`flag needs an argument: '${letter}' in ${word}`);
    set(name, written, following);
    return 1;
  }
  return 0;
}

function cut(word: string): [name: string, value: string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function checked(
  type: KubectlFlag['type'],
  written: string,
  value: string,
  refuse: (message: string) => never,
): string {
  if (type === 'bool' && !/^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value)) {
    return refuse(
      `invalid argument "${value}" for "${written}" flag: strconv.ParseBool: parsing "${value}": invalid syntax`,
    );
  }
  if (type === 'int' && !/^[-+]?\d+$/.test(value)) {
    return refuse(
      `invalid argument "${value}" for "${written}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`,
    );
  }
  return value;
}

function valuesOf(known: KubectlFlags, values: ReadonlyMap<string, string | string[]>): FlagValues {
  const read = (name: string) => values.get(name) ?? known[name]?.default;
  return {
    text: (name) => String(read(name) ?? ''),
    number: (name) => Number(read(name) ?? 0),
    is: (name) => /^(1|t|true)$/i.test(String(read(name) ?? 'false')),
    list: (name) => ((values.get(name) as string[] | undefined) ?? []).slice(),
    given: (name) => values.has(name),
  };
}

import { compileRegex } from '../../../apimachinery/regex/regex.ts';
import { byteLength } from '../../http-answer.ts';
import type { Executable, Process } from '../process.ts';
import { readLine } from '../streams.ts';
import { pause, type Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { linesOf, readFiles, withBreaks } from './read-files.ts';

/** What a command that makes lines without end writes at once, and how long it rests then. */
const LINES_AT_ONCE = 10_000;
const REST = 100;

/** A filter: all its input at once, as lines. */
function filter(
  withValue: string,
  work: (lines: string[], options: ReturnType<typeof parseOptions>, process: Process) => string[],
  operands = 0,
): Executable {
  return function* (process): Run {
    const options = parseOptions(process.args, withValue);
    const { texts, failed } = yield* readFiles(process, options.rest.slice(operands));
    const lines = texts.flatMap(({ text }) => linesOf(text));
    process.stdout.write(withBreaks(work(lines, options, process)));
    return failed ? 1 : 0;
  };
}

function* head(process: Process): Run {
  const { count, bytes, files } = sizeOf(process.args);
  if (files.length === 0 && bytes === undefined && count > 0) return yield* headOfInput(process, count);
  const { texts, failed } = yield* readFiles(process, files);
  for (const { name, text } of texts) {
    if (texts.length > 1) process.stdout.write(`==> ${name} <==\n`);
    process.stdout.write(bytes === undefined ? withBreaks(linesOf(text).slice(0, count)) : text.slice(0, bytes));
  }
  return failed ? 1 : 0;
}

/** Ends as soon as it has its lines, whoever writes on. */
function* headOfInput({ stdin, stdout }: Process, count: number): Run {
  for (let line = 0; line < count; line++) {
    const text = yield* readLine(stdin);
    if (text === undefined) return 0;
    stdout.write(text);
  }
  return 0;
}

function sizeOf(args: readonly string[]): { count: number; bytes: number | undefined; files: readonly string[] } {
  const plain = args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
  const options = parseOptions(plain, 'nc');
  const bytes = options.value('c');
  return {
    count: Number(options.value('n') ?? 10) || 0,
    bytes: bytes === undefined ? undefined : Number(bytes),
    files: options.rest,
  };
}

function* tail(process: Process): Run {
  const follows = process.args.some((arg) => /^-\w*[fF]$/.test(arg));
  const args = process.args
    .map((arg) => (/^-\w*[fF]$/.test(arg) ? arg.replace(/[fF]/, '') : arg))
    .filter((arg) => arg !== '-');
  const plus = args.findIndex((arg) => /^\+\d+$/.test(arg));
  const { count, bytes, files } = sizeOf(plus < 0 ? args : args.filter((_, i) => i !== plus));
  const { texts, failed } = yield* readFiles(process, files);
  for (const { text } of texts) {
    const lines = linesOf(text);
    const from = plus < 0 ? Math.max(0, lines.length - count) : Number(args[plus]) - 1;
    process.stdout.write(
      bytes === undefined ? withBreaks(lines.slice(from)) : text.slice(Math.max(0, text.length - bytes)),
    );
  }
  if (follows && !failed) yield* follow(process, files);
  return failed ? 1 : 0;
}

/** `tail -f`: looks every second what a file has gained; for ever. */
function* follow({ machine, stdout }: Process, files: readonly string[]): Run {
  const [file = '/dev/null'] = files;
  if (file === '/dev/null') yield* pause(Number.POSITIVE_INFINITY);
  const read = () => (machine.files.stat(file) === undefined ? '' : machine.files.read(file));
  for (let seen = read().length; ; ) {
    yield* pause(1000);
    const text = read();
    if (text.length > seen) stdout.write(text.slice(seen));
    seen = text.length;
  }
}

function* wc(process: Process): Run {
  const { rest, has } = parseOptions(process.args);
  const { texts, failed } = yield* readFiles(process, rest);
  const all = !has('l') && !has('w') && !has('c') && !has('m');
  for (const { name, text } of texts) {
    const numbers = [
      ...(all || has('l') ? [text.split('\n').length - 1] : []),
      ...(all || has('w') ? [text.split(/\s+/).filter((word) => word !== '').length] : []),
      ...(all || has('c') || has('m') ? [byteLength(text)] : []),
    ];
    const shown =
      numbers.length > 1 ? numbers.map((number) => String(number).padStart(8)).join(' ') : String(numbers[0]);
    process.stdout.write(`${shown}${name === '-' ? '' : ` ${name}`}\n`);
  }
  return failed ? 1 : 0;
}

function sort(lines: string[], { has, value }: ReturnType<typeof parseOptions>): string[] {
  const column = Number(/^\d+/.exec(value('k') ?? '')?.[0] ?? 0);
  const separator = value('t') ?? /\s+/;
  const key = (line: string) => (column > 0 ? (line.trim().split(separator)[column - 1] ?? '') : line);
  const isNumeric = has('n') || value('k')?.includes('n') === true;
  const compare = (a: string, b: string) =>
    isNumeric ? (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0) : a < b ? -1 : Number(a > b);
  const sorted = [...lines].sort((a, b) => compare(key(a), key(b)) || compare(a, b));
  if (has('r')) sorted.reverse();
  return has('u') ? sorted.filter((line, index) => line !== sorted[index - 1]) : sorted;
}

function uniq(lines: string[], { has }: ReturnType<typeof parseOptions>): string[] {
  const runs: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  const shown = runs.filter(({ count }) => (!has('d') || count > 1) && (!has('u') || count === 1));
  return shown.map(({ line, count }) => (has('c') ? `${String(count).padStart(7)} ${line}` : line));
}

function cut(lines: string[], { value }: ReturnType<typeof parseOptions>): string[] {
  const separator = value('d') || '\t';
  const ranges = (value('f') ?? value('c') ?? '1').split(',').map((range) => {
    const [from = '', to] = range.split('-');
    return { from: Number(from || 1), to: to === undefined ? Number(from) : Number(to || Number.POSITIVE_INFINITY) };
  });
  const isIn = (_: string, index: number) => ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to);
  if (value('f') === undefined) return lines.map((line) => [...line].filter(isIn).join(''));
  return lines.map((line) => (line.includes(separator) ? line.split(separator).filter(isIn).join(separator) : line));
}

function* tr(process: Process): Run {
  const { rest, has } = parseOptions(process.args);
  const { texts } = yield* readFiles(process, []);
  const [from, to] = rest.map(expandSet);
  const text = texts.map((each) => each.text).join('');
  const mapped = [...text].map((character) => {
    const at = (from ?? '').indexOf(character);
    if (at < 0) return character;
    return has('d') ? '' : (to?.[at] ?? to?.at(-1) ?? character);
  });
  process.stdout.write(has('s') ? mapped.filter((each, i) => each !== mapped[i - 1]).join('') : mapped.join(''));
  return 0;
}

function expandSet(set: string): string {
  const named = set
    .replace('[:upper:]', 'A-Z')
    .replace('[:lower:]', 'a-z')
    .replace('[:digit:]', '0-9')
    .replace('[:space:]', ' \t\n')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  return named.replace(/([\s\S])-([\s\S])/g, (_, first: string, last: string) => {
    const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
    return from <= to && to - from < 300
      ? String.fromCharCode(...Array.from({ length: to - from + 1 }, (__, i) => from + i))
      : '';
  });
}

function* seq({ args, stdout }: Process): Run {
  const [a = 1, b, c] = args.filter((arg) => /^-?\d/.test(arg)).map(Number);
  const [first, step, last] = c !== undefined ? [a, b as number, c] : b !== undefined ? [a, 1, b] : [1, 1, a];
  if (step === 0) return 1;
  let lines: string[] = [];
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    lines.push(String(value));
    if (lines.length < LINES_AT_ONCE) continue;
    stdout.write(withBreaks(lines));
    lines = [];
    yield* pause(REST);
  }
  stdout.write(withBreaks(lines));
  return 0;
}

function* yes({ args, stdout }: Process): Run {
  const line = args.join(' ') || 'y';
  for (;;) {
    stdout.write(withBreaks(Array.from({ length: 100 }, () => line)));
    yield* pause(REST);
  }
}

/** `sed` with `s`, `p` and `d`, optionally behind a line number or a /pattern/. */
function sed(lines: string[], { has, values, rest }: ReturnType<typeof parseOptions>): string[] {
  const commands = (values('e').length > 0 ? values('e') : [rest[0] ?? ''])
    .flatMap((text) => text.split(/;(?=\s*(?:[sdp]|\d|\/))/))
    .map(sedCommand);
  return lines.flatMap((line, index) => {
    let text: string | undefined = line;
    const printed: string[] = [];
    for (const command of commands) {
      if (text === undefined || !command.meets(text, index + 1)) continue;
      if (command.action === 'd') text = undefined;
      else if (command.action === 'p') printed.push(text);
      else text = command.replace(text);
    }
    return [...printed, ...(has('n') || text === undefined ? [] : [text])];
  });
}

interface SedCommand {
  readonly action: string;
  meets(line: string, number: number): boolean;
  replace(line: string): string;
}

function sedCommand(text: string): SedCommand {
  const [, from, to, pattern, action = '', rest = ''] =
    /^\s*(?:(\d+|\$)(?:,(\d+|\$))?|\/((?:[^/\\]|\\.)*)\/)?\s*([sdp]?)([\s\S]*)$/.exec(text) ?? [];
  const regex = pattern === undefined ? undefined : regexOf(pattern, false, '');
  const meets = (line: string, number: number) => {
    if (regex !== undefined) return regex.test(line);
    return (
      from === undefined ||
      (number >= Number(from) && number <= (to === '$' ? Number.POSITIVE_INFINITY : Number(to ?? from)))
    );
  };
  const [, , old = '', fresh = '', flags = ''] =
    /^([^\w\s])((?:\\.|(?!\1)[\s\S])*)\1((?:\\.|(?!\1)[\s\S])*)\1(\w*)$/.exec(rest) ?? [];
  const wanted =
    action === 's' ? regexOf(old, false, flags.includes('i') || flags.includes('I') ? 'i' : '') : undefined;
  return {
    action,
    meets,
    replace: (line) => (wanted === undefined ? line : replaceAll(line, wanted, fresh, flags.includes('g'))),
  };
}

function replaceAll(line: string, regex: ReturnType<typeof compileRegex>, fresh: string, all: boolean): string {
  let done = '';
  let rest = line;
  for (let count = 0; count < 10_000; count++) {
    const match = regex.exec(rest);
    const [found] = match ?? [];
    if (match === null || found === undefined) break;
    const at = rest.indexOf(found);
    done +=
      rest.slice(0, at) +
      fresh.replace(/\\(\d)|&|\\(.)/g, (whole, group?: string, character?: string) =>
        group !== undefined ? (match[Number(group)] ?? '') : (character ?? (whole === '&' ? found : whole)),
      );
    rest = rest.slice(at + found.length);
    if (!all || found === '') break;
  }
  return done + rest;
}

/** A POSIX regex as ours: in basic ones braces and parentheses mean something behind a backslash only. */
export function regexOf(pattern: string, extended: boolean, flags: '' | 'i'): ReturnType<typeof compileRegex> {
  const classes = pattern
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:alpha:]', 'A-Za-z')
    .replaceAll('[:alnum:]', 'A-Za-z0-9')
    .replaceAll('[:space:]', '\\s');
  const source = extended
    ? classes
    : classes.replace(/\\([(){}|+?])|([(){}|+?])/g, (_, escaped?: string, plain?: string) => escaped ?? `\\${plain}`);
  try {
    return compileRegex(source, flags);
  } catch {
    return compileRegex(source.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);
  }
}

/** The fields that `awk '{print $1, $NF}'` prints; other programs print every line. */
function awk(lines: string[], { value, rest }: ReturnType<typeof parseOptions>): string[] {
  const [, pattern, list] =
    /^\s*(?:\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{\s*print\s*([^}]*)\})?\s*$/.exec(rest[0] ?? '') ?? [];
  const regex = pattern === undefined ? undefined : regexOf(pattern, true, '');
  return lines.flatMap((line) => {
    if (regex?.test(line) === false) return [];
    const fields = value('F') === undefined ? line.trim().split(/\s+/) : line.split(value('F') as string);
    if (list === undefined || list.trim() === '') return [line];
    return [
      list
        .split(',')
        .map((item) => awkItem(item, line, fields))
        .join(' '),
    ];
  });
}

function awkItem(item: string, line: string, fields: readonly string[]): string {
  return item.replace(/"([^"]*)"|\$(\d+|NF)|\s+/g, (_, text?: string, field?: string) => {
    if (text !== undefined) return text;
    if (field === undefined) return '';
    return field === 'NF' ? (fields.at(-1) ?? '') : field === '0' ? line : (fields[Number(field) - 1] ?? '');
  });
}

function* base64(process: Process): Run {
  const { rest, has } = parseOptions(process.args, 'w', { decode: 'd' });
  const { texts, failed } = yield* readFiles(process, rest);
  const text = texts.map((each) => each.text).join('');
  if (failed) return 1;
  if (!has('d')) {
    const bytes = new TextEncoder().encode(text);
    const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    process.stdout.write(`${encoded.replace(/.{76}(?=.)/g, '$&\n')}\n`);
    return 0;
  }
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    process.stdout.write(new TextDecoder().decode(bytes));
    return 0;
  } catch {
    process.stderr.write('base64: invalid input\n');
    return 1;
  }
}

/** Commands that read lines and write lines. */
export const TEXT_COMMANDS: Readonly<Record<string, Executable>> = Object.freeze({
  awk: filter('Fv', awk, 1),
  base64,
  cut: filter('dfcb', cut),
  head,
  sed: filter('e', sed, 1),
  seq,
  sort: filter('kt', sort),
  tail,
  tr,
  uniq: filter('', uniq),
  wc,
  yes,
});

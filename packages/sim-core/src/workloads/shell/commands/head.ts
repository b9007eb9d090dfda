import type { Process } from '../process.ts';
import { readLine } from '../streams.ts';
import type { Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { linesOf, readFiles, withBreaks } from './read-files.ts';

/** `head [-n lines] [-c bytes]`. */
export function* head(process: Process): Run {
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

/** How much `head` and `tail` are asked for. */
export function sizeOf(args: readonly string[]): {
  count: number;
  bytes: number | undefined;
  files: readonly string[];
} {
  const plain = args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
  const options = parseOptions(plain, 'nc');
  const bytes = options.value('c');
  return {
    count: Number(options.value('n') ?? 10) || 0,
    bytes: bytes === undefined ? undefined : Number(bytes),
    files: options.rest,
  };
}

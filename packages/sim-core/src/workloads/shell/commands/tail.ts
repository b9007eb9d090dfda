import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { sizeOf } from './head.ts';
import { linesOf, readFiles, withBreaks } from './read-files.ts';

/** `tail [-f] [-n lines] [-c bytes]`. */
export function* tail(process: Process): Run {
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

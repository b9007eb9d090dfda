import { byteLength } from '../../http-answer.ts';
import type { Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';

/** `wc [-lwcm]`. */
export function* wc(process: Process): Run {
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

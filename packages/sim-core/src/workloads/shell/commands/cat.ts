import type { Process } from '../process.ts';
import { answerOf, type Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';

/** `cat`. */
export function* cat(process: Process): Run {
  const { rest } = parseOptions(process.args);
  let status = 0;
  for (const file of rest.length === 0 ? ['-'] : rest) {
    if (file === '-') yield* copyInput(process);
    else {
      const { texts, failed } = yield* readFiles(process, [file]);
      for (const { text } of texts) process.stdout.write(text);
      if (failed) status = 1;
    }
  }
  return status;
}

/** Passes on what comes as it comes: somebody may sit at the other end. */
function* copyInput({ stdin, stdout }: Process): Run {
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => stdin.read(done));
    if (text === undefined) return 0;
    stdout.write(text);
  }
}

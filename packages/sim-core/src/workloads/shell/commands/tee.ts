import { resolvePath } from '../../files/path.ts';
import type { Process } from '../process.ts';
import { answerOf, type Run } from '../wait.ts';
import { attempt } from './each-file.ts';
import { parseOptions } from './options.ts';

/** `tee [-a]`. */
export function* tee(process: Process): Run {
  const { rest, has } = parseOptions(process.args);
  for (const file of has('a') ? [] : rest) store(process, file, '', false);
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => process.stdin.read(done));
    if (text === undefined) return 0;
    process.stdout.write(text);
    for (const file of rest) store(process, file, text, true);
  }
}

function store(process: Process, file: string, text: string, append: boolean): void {
  const path = resolvePath(process.cwd, file);
  if (path !== '/dev/null') attempt(process, file, 'create', () => process.machine.files.write(path, text, append));
}

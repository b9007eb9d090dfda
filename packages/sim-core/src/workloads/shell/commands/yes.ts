import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { withBreaks } from './read-files.ts';

/** Milliseconds that a command which makes lines without end rests after each lot. */
export const REST = 100;

/** `yes [word …]`. */
export function* yes({ args, stdout }: Process): Run {
  const line = args.join(' ') || 'y';
  for (;;) {
    stdout.write(withBreaks(Array.from({ length: 100 }, () => line)));
    yield* pause(REST);
  }
}

import type { Shell } from '../shell.ts';
import { answerOf, type Run } from '../wait.ts';

/** `wait`: until every job has ended. */
export function* wait(_args: readonly string[], shell: Shell): Run {
  for (const job of [...shell.jobs]) {
    yield* answerOf<undefined>((answer) => {
      job.onEnd = () => answer(undefined);
    });
    shell.status = job.status ?? 0;
  }
  return 0;
}

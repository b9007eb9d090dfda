import type { Process } from '../process.ts';
import { answerOf, type Run } from '../wait.ts';
import { runOther } from './run-other.ts';
import { sleepTime } from './sleep.ts';
import { isBusybox } from './userland.ts';

/** `timeout 5 command …`: 143 for busybox, 124 for GNU when the time is over. */
export function* timeout(process: Process): Run {
  const { rest } = splitTimeout(process.args);
  const [limit = '0', name = 'true', ...args] = rest;
  const group = process.group.child();
  const result = runOther({ ...process, name, args, group }, "can't execute ");
  if (typeof result === 'number') return result;
  const code = isBusybox(process) ? 143 : 124;
  return yield* answerOf<number>((done) => {
    const kill = group.spawn(result, (status) => {
      cancel();
      done(status);
    });
    const cancel = group.clock.after(sleepTime([limit]), () => {
      group.kill(code);
      kill(code);
    });
  });
}

function splitTimeout(args: readonly string[]): { rest: readonly string[] } {
  let index = 0;
  for (; args[index]?.startsWith('-') === true; index++) if (/^-[ks]$/.test(args[index] as string)) index++;
  return { rest: args.slice(index) };
}

import type { Shell } from './shell.ts';
import { Pipe, type Streams } from './streams.ts';
import type { Run } from './wait.ts';

/** A command of a pipeline, in a shell of its own. */
export interface Stage {
  readonly shell: Shell;
  run(streams: Streams): Run;
}

/** Starts the commands of a pipeline, readers first; `done` hears the status of the last one when all have ended. */
export function startPipeline(stages: readonly Stage[], streams: Streams, done: (status: number) => void): void {
  const pipes = stages.slice(1).map(() => new Pipe());
  let open = stages.length;
  let last = 0;
  let failed = 0;
  for (let index = stages.length - 1; index >= 0; index--) {
    const [from, to] = [pipes[index - 1], pipes[index]];
    const { shell, run } = stages[index] as Stage;
    const own = { stdin: from ?? streams.stdin, stdout: to ?? streams.stdout, stderr: streams.stderr };
    shell.group.spawn(run(own), (status) => {
      to?.close();
      from?.break();
      if (to === undefined) last = status;
      if (status !== 0 && failed === 0) failed = status;
      if (--open === 0) done(shell.options.has('pipefail') ? last || failed : last);
    });
  }
}

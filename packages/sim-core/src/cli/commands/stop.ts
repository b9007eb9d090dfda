import { runningSandboxes } from '../../host/run-file.ts';
import type { Command } from '../command.ts';
import { findSandbox } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = {
  name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' },
  all: { type: 'switch', help: 'every running sandbox of yours' },
} as const;

/** Longest wait for a sandbox to end: its drain takes at most 5 s. */
const PATIENCE = 8000;
const POLL = 50;

export const stop: Command = {
  name: 'stop',
  usage: '[name|pid]',
  summary: 'Stops a running sandbox and frees its ports.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const targets = flags.all === true ? runningSandboxes() : [findSandbox(positionals[0] ?? flags.name)];
    for (const { pid, scenario } of targets) {
      process.kill(pid, 'SIGTERM');
      await untilGone(pid);
      output.out(`stopped ${scenario} (pid ${pid})`);
    }
    return EXIT.ok;
  },
};

async function untilGone(pid: number): Promise<void> {
  for (let waited = 0; waited < PATIENCE; waited += POLL) {
    if (!runningSandboxes().some((run) => run.pid === pid)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  throw new CliError(EXIT.environment, `the sandbox with pid ${pid} was told to stop and still runs`);
}

import { isAlive, type RunFile, runningSandboxes } from '../../host/run-file.ts';
import type { Command, Output } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = {
  name: SANDBOX_FLAG,
  all: { type: 'switch', help: 'every running sandbox of yours' },
} as const;

/** Longest wait for a sandbox to end, milliseconds: answers under way may take 5 s. */
const PATIENCE = 8000;
const POLL = 50;

export const stop: Command = {
  flags: FLAGS,
  examples: ['stop', 'stop --all'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [name = flags.name, ...others] = positionals;
    if (others.length > 0) throw new CliError(EXIT.usage, 'stop takes one name or pid, or --all');
    const targets = flags.all === true ? runningSandboxes() : [findSandbox(name)];
    if (targets.length === 0) output.err('no sandbox is running');
    for (const target of targets) await end(target, output);
    return EXIT.ok;
  },
};

async function end(sandbox: RunFile, output: Output): Promise<void> {
  const { pid, scenario } = sandbox;
  await expectSandbox(sandbox);
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; isAlive(pid); waited += POLL) {
    if (waited >= PATIENCE) {
      throw new CliError(EXIT.environment, `pid ${pid} was told to stop and still runs\n  By force: kill -9 ${pid}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  output.out(`stopped ${scenario} (pid ${pid})`);
}

/** The number may belong to another program by now, which nobody wants to end. */
async function expectSandbox(sandbox: RunFile): Promise<void> {
  const { pid } = await new ControlClient(sandbox).get<{ pid: number }>('/api/v1/version');
  if (pid !== sandbox.pid) throw new CliError(EXIT.environment, `pid ${sandbox.pid} is no sandbox any more`);
}

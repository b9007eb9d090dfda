import { formatDuration } from '../../apimachinery/duration.ts';
import { type RunFile, runningSandboxes } from '../../host/run-file.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' } } as const;

export const ps: Command = {
  name: 'ps',
  usage: '',
  summary: 'Lists your running sandboxes.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const running = runningSandboxes();
    if (flags.output === 'json') output.out(JSON.stringify(running));
    else if (running.length === 0) output.err('no sandbox is running');
    else output.out(table(running, Date.now()).join('\n'));
    return EXIT.ok;
  },
};

function table(running: readonly RunFile[], now: number): string[] {
  const rows = running.map((run) => [
    String(run.pid),
    run.name || '-',
    run.scenario,
    formatDuration(Math.floor((now - run.startedAt) / 1000) * 1000),
    run.http,
    run.control,
  ]);
  const all = [['PID', 'NAME', 'SCENARIO', 'AGE', 'HTTP', 'PAGE'], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => (row[column] as string).length)) + 3);
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('')
      .trimEnd(),
  );
}

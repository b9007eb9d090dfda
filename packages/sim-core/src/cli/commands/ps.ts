import { formatDuration } from '../../apimachinery/duration.ts';
import { type RunFile, runningSandboxes } from '../../host/run-file.ts';
import { type Command, PROGRAM } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' } } as const;
const HEAD: readonly string[] = Object.freeze(['PID', 'NAME', 'SCENARIO', 'AGE', 'HTTP', 'PAGE']);

export const ps: Command = {
  flags: FLAGS,
  examples: ['ps'],
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const running = runningSandboxes();
    if (flags.output === 'json') output.out(JSON.stringify(running));
    else if (running.length === 0) output.err(`no sandbox is running\n  Start one: ${PROGRAM} scenarios/canary.yaml`);
    else output.out(sandboxTable(running, Date.now()).join('\n'));
    return EXIT.ok;
  },
};

/** One line for each sandbox, below a line of headings. @param now milliseconds since the epoch */
export function sandboxTable(running: readonly RunFile[], now: number): string[] {
  const rows = [HEAD, ...running.map((run) => cellsOf(run, now))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)) + 3);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('')
      .trimEnd(),
  );
}

function cellsOf({ pid, name, scenario, startedAt, http, ui }: RunFile, now: number): string[] {
  const age = formatDuration(Math.floor((now - startedAt) / 1000) * 1000);
  return [String(pid), name || '-', scenario, age, http, ui];
}

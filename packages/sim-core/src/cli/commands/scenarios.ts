import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { packagedScenarios } from '../package-root.ts';

const FLAGS = {} as const;

export const scenarios: Command = {
  name: 'scenarios',
  usage: '',
  summary: 'Lists the scenarios that come with the package.',
  flags: FLAGS,
  async run(argv, output) {
    parseFlags(FLAGS, argv);
    output.out(scenarioTable().join('\n'));
    return EXIT.ok;
  },
};

/** One line for each scenario: its name and its sentence. */
export function scenarioTable(): string[] {
  const rows = packagedScenarios();
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return rows.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
}

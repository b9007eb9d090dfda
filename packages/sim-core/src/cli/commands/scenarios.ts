import { type Command, PROGRAM } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { packagedScenarios } from '../package-root.ts';
import { scenarioTable } from '../scenario-table.ts';

const FLAGS = {
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

export const scenarios: Command = {
  flags: FLAGS,
  examples: ['scenarios'],
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const found = packagedScenarios();
    if (flags.output === 'json') output.out(JSON.stringify(found));
    else {
      output.out(scenarioTable(found).join('\n'));
      output.err(`\nStart one by its name: ${PROGRAM} ${found[0]?.name ?? ''}`);
    }
    return EXIT.ok;
  },
};

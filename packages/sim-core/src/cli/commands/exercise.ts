import { nearest } from '../../manifest/nearest.ts';
import type { Command, Output } from '../command.ts';
import { lintCommand } from '../exercise/lint-command.ts';
import { listCommand } from '../exercise/list-command.ts';
import { newCommand } from '../exercise/new-command.ts';
import { PACK_FLAGS, packCommand } from '../exercise/pack-command.ts';
import { testCommand } from '../exercise/test-command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = {
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

type Run = (names: readonly string[], isJson: boolean, output: Output) => number | Promise<number>;

/** What follows the word `exercise`. */
const SUBCOMMANDS: Readonly<Record<string, Run>> = Object.freeze({
  test: testCommand,
  lint: lintCommand,
  new: (names, _isJson, output) => newCommand(names, output),
});

export const exercise: Command = {
  flags: { ...FLAGS, ...PACK_FLAGS },
  examples: [
    'exercise test canary-weight    (grades the solution, the start and every wrong answer)',
    'exercise lint my-exercise',
    'exercise new my-exercise',
    'exercise pack --student my-exercise    (without hidden checks, solution and wrong answers)',
  ],
  async run(argv, output) {
    const [first, ...others] = argv;
    if (first === 'pack') return packCommand(others, output);
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [word, ...names] = positionals;
    if (word === undefined) return listCommand(flags.output === 'json', output);
    const run = Object.hasOwn(SUBCOMMANDS, word) ? SUBCOMMANDS[word] : undefined;
    if (run !== undefined) return run(names, flags.output === 'json', output);
    const known = [...Object.keys(SUBCOMMANDS), 'pack'];
    const meant = nearest(word, known);
    const hint = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
    throw new CliError(EXIT.usage, `exercise ${word}: no such command; ${hint}`);
  },
};

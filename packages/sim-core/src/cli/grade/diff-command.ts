import { differenceOf } from '../../grader/class/difference.ts';
import { MOVE_COLUMNS, moveCsv, moveLines } from '../../grader/class/difference-lines.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type Flags, parseFlags } from '../flags.ts';
import { readJournal } from './journals.ts';

const DIFF_FLAGS = {
  output: { type: 'text', oneOf: ['text', 'csv', 'json'], default: 'text', help: 'how to print' },
} as const satisfies Flags;

/** `grade diff old new`: who moved, and by which check. Both are journals, or folders with one. */
export async function gradeDiff(argv: readonly string[], output: Output): Promise<number> {
  const { flags, positionals } = parseFlags(DIFF_FLAGS, argv);
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new CliError(EXIT.usage, 'grade diff takes two journals: grade diff journal.jsonl.previous journal.jsonl');
  }
  const [old, now] = [readJournal(before), readJournal(after)];
  const ids = [...new Set([...now.ids, ...old.ids])].sort();
  const counts = { moved: 0, same: 0, new: 0, gone: 0 };
  if (flags.output === 'csv') output.write(MOVE_COLUMNS);
  for (const id of ids) {
    const move = differenceOf(old.read(id)?.result, now.read(id)?.result);
    if (move === undefined) continue;
    counts[move.kind]++;
    if (flags.output === 'json') output.out(JSON.stringify(move));
    else if (flags.output === 'csv') output.write(moveCsv(move));
    else for (const line of moveLines(move)) output.out(line);
  }
  const { moved, same, new: added, gone } = counts;
  output.err(`${moved} moved, ${same} stayed, ${added} new, ${gone} gone`);
  await Promise.all([old.close(), now.close()]);
  return EXIT.ok;
}

import type { Audience } from '../../grader/emit/emitter.ts';
import { Journal } from '../../host/grader/journal.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type Flags, parseFlags } from '../flags.ts';
import { BATCH_FLAGS } from './batch-flags.ts';
import { howItWent, overridesIn, resultsOf } from './class-report.ts';
import { classContext } from './context.ts';
import { isSameGrading, readJournal } from './journals.ts';
import { FILE_FLAGS, OUTPUT_FLAGS } from './output-flags.ts';
import { destinations, writeAll } from './outputs.ts';

const { output: OUTPUT, format, out, audience, 'exit-zero': exitZero } = OUTPUT_FLAGS;

export const MERGE_FLAGS = {
  output: OUTPUT,
  format,
  out,
  audience,
  'exit-zero': exitZero,
  overrides: BATCH_FLAGS.overrides,
  journal: { type: 'text', value: 'FILE', default: 'journal.jsonl', help: 'where the whole class goes' },
  ...FILE_FLAGS,
} satisfies Flags;

/** `grade merge a b …`: the parts of a class that several machines graded become one. */
export async function gradeMerge(argv: readonly string[], output: Output): Promise<number> {
  const { flags, positionals } = parseFlags(MERGE_FLAGS, argv);
  if (positionals.length === 0)
    throw new CliError(EXIT.usage, 'grade merge takes the journals of the parts: grade merge part-*/journal.jsonl');
  const parts = positionals.map(readJournal);
  const [first] = parts as [Journal, ...Journal[]];
  for (const part of parts) expectSame(first, part);
  const whole = Journal.create(String(flags.journal), first.head);
  try {
    for (const part of parts) await copy(part, whole);
    const overrides = overridesIn(flags.overrides);
    const ids = [...whole.ids].sort().map((id) => ({ id }));
    const graded = () => resultsOf(ids, whole, overrides);
    const to = destinations({
      output: flags.output as string,
      format: flags.format as string,
      out: flags.out as string,
      files: flags,
    });
    writeAll(to, graded, classContext({ audience: flags.audience as Audience }, ids), output);
    return howItWent(graded(), flags.audience as Audience, whole.path, flags['exit-zero'] === true, output);
  } finally {
    await Promise.all([whole, ...parts].map((each) => each.close()));
  }
}

function expectSame(first: Journal, other: Journal): void {
  if (isSameGrading(first.head, other.head)) return;
  throw new CliError(
    EXIT.refused,
    `${other.path} was graded with another exercise or another version than ${first.path}; grade it again before they are merged`,
  );
}

async function copy(part: Journal, whole: Journal): Promise<void> {
  for (const id of part.ids) {
    const entry = part.read(id);
    if (entry === undefined) continue;
    const before = whole.read(id);
    if (before === undefined) await whole.append(entry);
    else if (JSON.stringify(before) !== JSON.stringify(entry)) {
      throw new CliError(EXIT.refused, `${id} stands in two parts, with two results; one of them is ${part.path}`);
    }
  }
}

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResultHead } from '../../grader/class/unchecked.ts';
import { Journal, JournalError } from '../../host/grader/journal.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** Where the results of a class are kept, and whether those that are there already count. */
export interface JournalOrder {
  readonly journal?: string | undefined;
  readonly out?: string | undefined;
  readonly resume?: boolean | undefined;
  readonly only: readonly string[];
}

/** The journal to go on with, or a new one; results of another exercise, version or cluster are put aside. */
export async function openJournal(head: ResultHead, order: JournalOrder, output: Output): Promise<Journal> {
  const { out, resume, only } = order;
  const path = order.journal ?? (out === undefined ? `grades-${head.exercise.name}.jsonl` : journalOf(out));
  mkdirSync(dirname(path), { recursive: true });
  const goesOn = resume === true || only.length > 0;
  if (!goesOn || (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return Journal.create(path, head);
  const journal = opened(path, false);
  if (isSameGrading(journal.head, head)) return journal;
  await journal.close();
  output.err(`${path} was graded with another version of the exercise or of this program: everything is graded again`);
  output.err(`  What moved: npx k8s-ingress-sandbox grade diff ${path}.previous ${path}`);
  return Journal.create(path, head);
}

function opened(path: string, readOnly: boolean): Journal {
  try {
    return Journal.open(path, readOnly);
  } catch (error) {
    if (error instanceof JournalError) throw new CliError(EXIT.refused, error.message);
    throw error;
  }
}

/** Opens a journal to read it: its path, or that of the folder that `--out` made. @throws CliError refused */
export function readJournal(path: string): Journal {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return opened(isFolder && existsSync(journalOf(path)) ? journalOf(path) : path, true);
}

/** Whether results of two gradings may stand beside each other. */
export function isSameGrading(one: ResultHead, other: ResultHead): boolean {
  const key = ({ engine, exercise: { digest }, seed, cluster }: ResultHead) =>
    JSON.stringify([engine, digest, seed, cluster]);
  return key(one) === key(other);
}

function journalOf(folder: string): string {
  return join(folder, 'journal.jsonl');
}

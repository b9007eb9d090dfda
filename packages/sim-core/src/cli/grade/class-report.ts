import { type Override, readOverrides, withOverrides } from '../../grader/class/overrides.ts';
import { forAudience } from '../../grader/emit/audience.ts';
import { type Audience, type Graded, withResult } from '../../grader/emit/emitter.ts';
import type { Journal } from '../../host/grader/journal.ts';
import type { Task } from '../../host/grader/task.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { readText } from './read-text.ts';

/** @throws CliError refused with every line that is wrong */
export function overridesIn(file: string | undefined): readonly Override[] {
  if (file === undefined) return [];
  const { overrides, problems } = readOverrides(file, readText(file));
  if (problems.length > 0) throw new CliError(EXIT.refused, problems.join('\n'));
  return overrides;
}

/** Counts, for people, and the exit code: 3 where somebody has to look. What the audience may not see counts for neither. */
export function howItWent(
  graded: Iterable<Graded>,
  audience: Audience,
  journal: string,
  exitZero: boolean,
  output: Output,
): number {
  const counts = { graded: 0, 'could-not-check': 0, missing: 0 };
  for (const each of graded) counts[forAudience(each, audience).status]++;
  output.err(summary(counts, journal));
  return counts['could-not-check'] > 0 && !exitZero ? EXIT.environment : EXIT.ok;
}

/** Results in the order of the class, read from the disk one by one, as the instructor decided them. */
export function* resultsOf(
  all: readonly Pick<Task, 'id'>[],
  journal: Journal,
  overrides: readonly Override[],
): Generator<Graded> {
  for (const { id } of all) {
    const entry = journal.read(id);
    if (entry === undefined) continue;
    const { fingerprint: _fingerprint, ...graded } = entry;
    yield withResult(graded, withOverrides(graded.result, overrides));
  }
}

function summary(counts: Readonly<Record<Graded['status'], number>>, journal: string): string {
  const words = [
    `${counts.graded} graded`,
    ...(counts['could-not-check'] > 0
      ? [`${counts['could-not-check']} could not be checked in full: look at them yourself`]
      : []),
    ...(counts.missing > 0 ? [`${counts.missing} missing`] : []),
  ];
  return `${words.join(', ')}. Journal: ${journal}`;
}

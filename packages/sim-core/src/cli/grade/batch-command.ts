import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { type Override, readOverrides, unusedOverrides, withOverrides } from '../../grader/class/overrides.ts';
import { readRoster } from '../../grader/class/roster.ts';
import { membersOf, readShard } from '../../grader/class/shard.ts';
import type { ResultHead } from '../../grader/class/unchecked.ts';
import { forAudience } from '../../grader/emit/audience.ts';
import type { Audience, Graded } from '../../grader/emit/emitter.ts';
import { gradeClass } from '../../host/grader/batch.ts';
import { Journal, JournalError } from '../../host/grader/journal.ts';
import { distinct, strangers, taskOf, tasksIn, tasksOf } from '../../host/grader/list-class.ts';
import type { Grade, Task } from '../../host/grader/task.ts';
import type { PoolOptions } from '../../host/grader/worker-pool.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { classContext } from './context.ts';
import { taskGrader } from './grade-submission.ts';
import { type Destination, writeAll } from './outputs.ts';
import { ProgressShow, stderrProgress } from './progress.ts';
import type { ExerciseOrder, ReadyExercise } from './ready-exercise.ts';
import { writeSimilarity } from './similarity.ts';
import { workerPool } from './workers.ts';

/** What the command line says of a class. */
export interface BatchOrder {
  readonly exercise: ReadyExercise;
  /** How a worker thread gets the same exercise. */
  readonly named: ExerciseOrder;
  /** Submissions, or one folder of them. */
  readonly names: readonly string[];
  /** Whether the one name is a folder of submissions. */
  readonly isFolder: boolean;
  readonly flags: {
    readonly roster?: string | undefined;
    readonly jobs?: number | undefined;
    readonly shard?: string | undefined;
    readonly journal?: string | undefined;
    readonly out?: string | undefined;
    readonly resume?: boolean | undefined;
    readonly only: readonly string[];
    readonly overrides?: string | undefined;
    readonly similarity?: string | undefined;
    readonly path?: string | undefined;
    readonly 'memory-limit'?: number | undefined;
    readonly 'exit-zero'?: boolean | undefined;
  };
  readonly audience: Audience;
  readonly destinations: readonly Destination[];
}

/**
 * Grades a class: who is in it, the journal, the workers, and what is printed.
 * @throws CliError
 */
export async function gradeBatch(order: BatchOrder, output: Output): Promise<number> {
  const { exercise, flags } = order;
  const all = classOf(order, output);
  const overrides = overridesIn(flags.overrides);
  const journal = openJournal(order, output);
  try {
    const tasks = chosen(all, flags);
    const progress = new ProgressShow(tasks.length, stderrProgress(output));
    await gradeClass({
      tasks: flags.only.length > 0 ? tasks : all,
      journal,
      headOf: exercise.headOf,
      again: flags.only,
      workers: workersOf(order, tasks.length),
      onProgress: ({ isNew }, done) => progress.update(done, isNew),
    });
    progress.clear();
    if (flags.similarity !== undefined) {
      const pool = poolFor(order, all.length, 'features');
      await writeSimilarity({ exercise, tasks: all, path: flags.similarity, pool, part: flags.path }, output);
    }
    return report(order, all, journal, overrides, output);
  } finally {
    await journal.close();
  }
}

/** Prints everything, and says how it went. @returns the exit code */
function report(
  order: BatchOrder,
  all: readonly Task[],
  journal: Journal,
  overrides: readonly Override[],
  output: Output,
): number {
  for (const line of unusedOverrides(overrides, (id) =>
    journal.note(id) ? order.exercise.exercise.checks.map((check) => check.id) : undefined,
  )) {
    output.err(`warning: ${line}`);
  }
  const graded = () => resultsOf(all, journal, overrides);
  writeAll(order.destinations, graded, classContext(order, all), output);
  return howItWent(graded(), order.audience, journal.path, order.flags['exit-zero'] === true, output);
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
    const result = withOverrides(graded.result, overrides);
    const isOpen = graded.status === 'could-not-check' && result.ungraded > 0;
    yield { ...graded, result, status: isOpen || graded.status !== 'could-not-check' ? graded.status : 'graded' };
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

function classOf({ names, isFolder, flags }: BatchOrder, output: Output): Task[] {
  const tasks = distinct(listed(names, isFolder, flags.roster, output));
  if (tasks.length === 0)
    throw new CliError(EXIT.refused, `${names.join(', ')}: no submission in it (folders, archives, .yaml files)`);
  if (flags.shard === undefined) return tasks;
  const shard = readShard(flags.shard);
  if (shard === undefined)
    throw new CliError(EXIT.usage, `--shard takes i/n with i from 1 to n, such as 1/4, not "${flags.shard}"`);
  return membersOf(tasks, shard);
}

function listed(names: readonly string[], isFolder: boolean, roster: string | undefined, output: Output): Task[] {
  const [first = ''] = names;
  if (roster === undefined) return isFolder ? tasksIn(first) : names.map(taskOf);
  const { students, problems } = readRoster(roster, readText(roster));
  if (students.length === 0) throw new CliError(EXIT.refused, problems.join('\n') || `${roster}: nobody is on it`);
  for (const problem of problems) output.err(`warning: ${problem}`);
  const folder = isFolder ? first : undefined;
  const tasks = tasksOf(students, roster, folder);
  for (const path of folder === undefined ? [] : strangers(tasks, folder)) {
    output.err(`warning: ${path} belongs to nobody on ${roster}, it is not graded`);
  }
  return tasks;
}

/** @throws CliError refused with every line that is wrong */
export function overridesIn(file: string | undefined): readonly Override[] {
  if (file === undefined) return [];
  const { overrides, problems } = readOverrides(file, readText(file));
  if (problems.length > 0) throw new CliError(EXIT.refused, problems.join('\n'));
  return overrides;
}

function openJournal({ exercise, flags }: BatchOrder, output: Output): Journal {
  const path =
    flags.journal ??
    (flags.out === undefined ? `grades-${exercise.exercise.name}.jsonl` : join(flags.out, 'journal.jsonl'));
  mkdirSync(dirname(path), { recursive: true });
  if (flags.resume !== true && flags.only.length === 0) return Journal.create(path, exercise.headOf(''));
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return Journal.create(path, exercise.headOf(''));
  const journal = openedJournal(path);
  if (isSame(journal, exercise)) return journal;
  output.err(`${path} was graded with another version of the exercise or of this program: everything is graded again`);
  output.err(`  What moved: npx k8s-ingress-sandbox grade diff ${path}.previous ${path}`);
  return Journal.create(path, exercise.headOf(''));
}

/** @throws CliError refused */
export function openedJournal(path: string, readOnly = false): Journal {
  try {
    return Journal.open(path, readOnly);
  } catch (error) {
    if (error instanceof JournalError) throw new CliError(EXIT.refused, error.message);
    throw error;
  }
}

/** Whether results of a journal may stand beside new ones. */
function isSame({ head }: Journal, exercise: ReadyExercise): boolean {
  const key = ({ engine, exercise: { digest }, seed, cluster }: ResultHead) =>
    [engine, digest, seed, cluster].join(' ');
  return key(head) === key(exercise.headOf(''));
}

/** Those that were named, or all. @throws CliError refused when a name means nobody */
function chosen(all: readonly Task[], { only }: BatchOrder['flags']): readonly Task[] {
  if (only.length === 0) return all;
  const unknown = only.filter((id) => !all.some((task) => task.id === id));
  if (unknown.length > 0) throw new CliError(EXIT.refused, `--only ${unknown[0]}: no such submission in this class`);
  return all.filter(({ id }) => only.includes(id));
}

function workersOf(order: BatchOrder, members: number): PoolOptions | Grade {
  const { exercise, flags } = order;
  return flags.jobs === 0 ? taskGrader(exercise, flags.path) : poolFor(order, members, 'grade');
}

function poolFor({ exercise, named, flags }: BatchOrder, members: number, job: 'grade' | 'features'): PoolOptions {
  const jobs = Math.max(1, Math.min(flags.jobs || availableParallelism(), members));
  const { wall } = exercise.exercise.timeLimit;
  return workerPool({ exercise: named, path: flags.path, job }, { jobs, wall, heap: flags['memory-limit'] });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(EXIT.refused, `${file}: cannot be read: ${(error as Error).message}`);
  }
}

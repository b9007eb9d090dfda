import { readRoster } from '../../grader/class/roster.ts';
import { membersOf, readShard } from '../../grader/class/shard.ts';
import { distinct, strangers, taskOf, tasksIn, tasksOf } from '../../host/grader/list-class.ts';
import type { Task } from '../../host/grader/task.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { readText } from './read-text.ts';

/** Submissions of a class as the command line names them. */
export interface ClassOrder {
  /** Submissions, or one folder of them. */
  readonly names: readonly string[];
  /** Whether the one name is a folder of submissions. */
  readonly isFolder: boolean;
  readonly flags: {
    readonly roster?: string | undefined;
    readonly shard?: string | undefined;
    readonly only: readonly string[];
  };
}

/** Who is in a class, or in this machine's part of it. @throws CliError */
export function classOf({ names, isFolder, flags }: ClassOrder, output: Output): Task[] {
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

/** Those that were named, or all. @throws CliError refused when a name means nobody */
export function chosen(all: readonly Task[], { only }: ClassOrder['flags']): readonly Task[] {
  if (only.length === 0) return all;
  const unknown = only.filter((id) => !all.some((task) => task.id === id));
  if (unknown.length > 0) throw new CliError(EXIT.refused, `--only ${unknown[0]}: no such submission in this class`);
  return all.filter(({ id }) => only.includes(id));
}

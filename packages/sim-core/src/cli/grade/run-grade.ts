import { statSync } from 'node:fs';
import type { Audience } from '../../grader/emit/emitter.ts';
import { classReason } from '../../host/grader/list-class.ts';
import { version } from '../../version.ts';
import type { Output } from '../command.ts';
import { findExercise } from '../exercise/find-exercise.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { gradeBatch } from './batch-command.ts';
import { BATCH_FLAGS } from './batch-flags.ts';
import { gradeDiff } from './diff-command.ts';
import { GRADE_FLAGS } from './grade-flags.ts';
import { gradeMerge } from './merge-command.ts';
import { FILE_FLAGS } from './output-flags.ts';
import { destinations } from './outputs.ts';
import { readyExercise } from './ready-exercise.ts';
import { gradeSingle } from './single-command.ts';

const FLAGS = { ...GRADE_FLAGS, ...FILE_FLAGS };

/** Flags that only a class has. */
const OF_A_CLASS = Object.keys(BATCH_FLAGS).filter(
  (name) => !['batch', 'overrides', 'memory-limit', 'require-version'].includes(name),
);

/** `grade <exercise> <submission> …`, `grade merge` and `grade diff`. @returns the exit code */
export async function runGrade(argv: readonly string[], output: Output): Promise<number> {
  if (argv[0] === 'merge') return gradeMerge(argv.slice(1), output);
  if (argv[0] === 'diff') return gradeDiff(argv.slice(1), output);
  const { flags, given, positionals } = parseFlags(FLAGS, argv);
  const [exercise, ...names] = positionals;
  if (exercise === undefined)
    throw new CliError(EXIT.usage, 'grade needs an exercise and a submission: grade canary-weight my-folder');
  expectVersion(flags['require-version']);
  const path = findExercise(exercise);
  if (path !== exercise) output.err(`${exercise}: the exercise of the package, ${path}`);
  const named = {
    path,
    instructor: flags.with,
    secret: flags['secret-file'],
    ...(flags.cluster !== undefined && { real: { kubeconfig: flags.cluster, addresses: flags.address } }),
  };
  const audience = flags.audience as Audience;
  const to = {
    output: flags.output,
    format: flags.format,
    out: flags.out,
    files: flags as Readonly<Record<string, unknown>>,
  };
  const order = { exercise: readyExercise(named), audience, destinations: destinations(to) };
  const [only = ''] = names;
  const isClass = OF_A_CLASS.some((name) => given.has(name as never)) || flags.batch === true;
  if (names.length === 0 && flags.roster === undefined) {
    throw new CliError(
      EXIT.usage,
      `grade needs a submission behind ${exercise}: a file, a folder, an archive, or - for standard input`,
    );
  }
  const why = names.length === 1 && !given.has('batch') && !isClass ? reasonFor(only) : undefined;
  if (why !== undefined) output.err(`${only} is graded as a class: ${why} (--no-batch: as one submission)`);
  if (isClass || names.length > 1 || why !== undefined) {
    const isFolder = names.length === 1 && isDirectory(only);
    return gradeBatch({ ...order, named, names, isFolder, flags }, output);
  }
  const code = await gradeSingle(
    { ...order, name: only, part: flags.path, student: flags.student, pass: flags.pass ?? 100 },
    output,
  );
  return flags['exit-zero'] === true ? EXIT.ok : code;
}

function reasonFor(name: string): string | undefined {
  return isDirectory(name) ? classReason(name) : undefined;
}

function isDirectory(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A course pins what it grades with: another version may give other grades. */
function expectVersion(wanted: string | undefined): void {
  if (wanted === undefined || wanted === version || version.startsWith(`${wanted}.`)) return;
  throw new CliError(
    EXIT.environment,
    `this is version ${version}, and --require-version asks for ${wanted}\n  npx k8s-ingress-sandbox@${wanted} grade …`,
  );
}

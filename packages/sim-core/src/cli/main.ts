import { existsSync } from 'node:fs';
import { nearest } from '../manifest/nearest.ts';
import { type Command, type CommandEntry, helpFor, type Output, PROGRAM } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { packagedExercises } from './exercise/find-exercise.ts';
import { CliError, EXIT } from './exit-codes.ts';
import type { WorkerOrder } from './grade/workers.ts';
import { packagedScenarios } from './package-root.ts';

const OUTPUT: Output = Object.freeze({
  write: (text: string) => void process.stdout.write(text),
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
});

/** @param argv - the arguments behind the program's name. Resolves to the exit code. */
export async function main(argv: string[]): Promise<number> {
  // Whoever reads us may leave (`| head`): what is written then is lost, and that is all.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('uncaughtException', (error) => {
    OUTPUT.err(bugReport(error));
    process.exit(EXIT.bug);
  });
  return run(argv, OUTPUT);
}

/** What the bundle is asked for in a worker thread of `grade`. */
export async function gradeInWorker(order: WorkerOrder): Promise<void> {
  const worker = await import('./grade/worker.ts');
  worker.gradeInWorker(order);
}

/** Runs a command and turns whatever it throws into a message and an exit code. */
export async function run(argv: readonly string[], output: Output): Promise<number> {
  try {
    return await dispatch(argv, output);
  } catch (error) {
    output.err(error instanceof CliError ? error.message : bugReport(error));
    return error instanceof CliError ? error.exitCode : EXIT.bug;
  }
}

async function dispatch(argv: readonly string[], output: Output): Promise<number> {
  const [first = '', ...rest] = argv;
  if (first === '' || first === '--help' || first === '-h') return printOverview(output);
  if (first === 'help') return rest[0] === undefined ? printOverview(output) : printHelp(rest[0], output);
  if (first === '--version') return runCommand(find('version'), [], output);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command !== undefined) return runCommand(command, rest, output);
  if (isBareWord(first) && !existsSync(first) && !isScenario(first)) throw unknownWord(first);
  return runCommand(find('run'), argv, output);
}

async function runCommand(entry: CommandEntry, argv: readonly string[], output: Output): Promise<number> {
  const command: Command = await entry.load();
  const behindFlags = argv.indexOf('--');
  const asksForHelp = argv
    .slice(0, behindFlags < 0 ? undefined : behindFlags)
    .some((each) => /^(--help|-h)$/.test(each));
  if (!asksForHelp || (command.ownHelp === true && argv.length > 1)) return command.run(argv, output);
  output.write(helpFor(entry, command));
  return EXIT.ok;
}

async function printOverview(output: Output): Promise<number> {
  const { overview } = await import('./overview.ts');
  output.out(overview());
  return EXIT.ok;
}

function printHelp(name: string, output: Output): Promise<number> {
  if (!COMMANDS.some((each) => each.name === name)) throw unknownWord(name);
  return runCommand(find(name), ['--help'], output);
}

function find(name: string): CommandEntry {
  return COMMANDS.find((each) => each.name === name) as CommandEntry;
}

/** A word that could be a command or a scenario; everything with a dot, a slash or a dash in front is for `run`. */
function isBareWord(word: string): boolean {
  return /^[A-Za-z][\w-]*$/.test(word);
}

function isScenario(word: string): boolean {
  return packagedScenarios().some(({ name }) => name === word) || packagedExercises().includes(word);
}

function unknownWord(word: string): CliError {
  const commands = COMMANDS.map(({ name }) => name);
  const meant = nearest(word, [...commands, ...packagedScenarios().map(({ name }) => name)]);
  if (meant === undefined) {
    return new CliError(EXIT.usage, `${word}: no such command, scenario, file or folder\n  What there is: ${PROGRAM}`);
  }
  if (commands.includes(meant)) return new CliError(EXIT.usage, `unknown command ${word}, did you mean ${meant}?`);
  return new CliError(EXIT.refused, `${word}: no such file or scenario, did you mean the scenario ${meant}?`);
}

/** Our bug: what happened, and where to report it; the first frames go along because we ask for them. */
function bugReport(error: unknown): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [
    `This is a bug in k8s-ingress-sandbox: ${message}`,
    'Please report it with the manifest that you ran and these lines:',
    ...frames.slice(0, 5).map((line) => `  ${line.trim()}`),
  ].join('\n');
}

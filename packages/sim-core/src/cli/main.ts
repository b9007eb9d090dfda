import { nearest } from '../manifest/nearest.ts';
import { type Command, helpFor, type Output } from './command.ts';
import { COMMANDS, NOT_YET } from './commands/index.ts';
import { run } from './commands/run.ts';
import { scenarioTable } from './commands/scenarios.ts';
import { version } from './commands/version.ts';
import { CliError, EXIT } from './exit-codes.ts';

const OUTPUT: Output = Object.freeze({
  write: (text: string) => void process.stdout.write(text),
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
});

/** @param argv - the arguments behind the program's name. Resolves to the exit code. */
export async function main(argv: string[]): Promise<number> {
  process.stdout.on('error', () => {});
  // What fails in a timer or behind a key has no caller; its ports are freed with the process.
  process.on('uncaughtException', (error) => {
    OUTPUT.err(bugReport(error));
    process.exit(EXIT.bug);
  });
  try {
    return await dispatch(argv);
  } catch (error) {
    if (error instanceof CliError) {
      OUTPUT.err(error.message);
      return error.exitCode;
    }
    OUTPUT.err(bugReport(error));
    return EXIT.bug;
  }
}

function dispatch(argv: readonly string[]): Promise<number> {
  const [first = '', ...rest] = argv;
  if (first === '' || first === 'help' || first === '--help') return showHelp(rest);
  if (first === '--version') return version.run([], OUTPUT);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command !== undefined) return runCommand(command, rest);
  if (NOT_YET.includes(first)) throw new CliError(EXIT.usage, `${first}: not yet`);
  if (looksLikeCommand(first)) refuseCommand(first);
  return runCommand(run, argv);
}

async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  if (!argv.includes('--help')) return command.run(argv, OUTPUT);
  OUTPUT.write(helpFor(command));
  return EXIT.ok;
}

/** A word that is neither file nor scenario but nearly a command. */
function looksLikeCommand(word: string): boolean {
  return (
    /^[a-z]+$/.test(word) &&
    nearest(word, [...COMMANDS.map(({ name }) => name), ...NOT_YET]) !== undefined &&
    !scenarioTable().some((line) => line.trim().split(' ')[0] === word)
  );
}

function refuseCommand(word: string): never {
  const meant = nearest(word, [...COMMANDS.map(({ name }) => name), ...NOT_YET]);
  throw new CliError(EXIT.usage, `unknown command ${word}, did you mean ${meant}?`);
}

async function showHelp(rest: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === rest[0]);
  if (command !== undefined) OUTPUT.write(helpFor(command));
  else OUTPUT.out(overview().join('\n'));
  return EXIT.ok;
}

function overview(): string[] {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  return [
    'A Kubernetes cluster with a working ingress controller in one process. No Docker.',
    '',
    'Start here:',
    '  npx k8s-ingress-sandbox scenarios/canary.yaml',
    '  npx k8s-ingress-sandbox init canary my-canary     # a copy to edit',
    '  npx k8s-ingress-sandbox validate my-canary        # check without starting',
    '',
    'Scenarios:',
    ...scenarioTable(),
    '',
    'Commands (--help after each):',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
  ];
}

/** Our bug: what happened, and where to report it; the stack goes along since we asked for it. */
function bugReport(error: unknown): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frames = stack
    .split('\n')
    .slice(1, 6)
    .map((line) => `  ${line.trim()}`);
  return [
    `This is a bug in k8s-ingress-sandbox: ${message}`,
    'Please report it with the manifest that you ran and these lines:',
    ...frames,
  ].join('\n');
}

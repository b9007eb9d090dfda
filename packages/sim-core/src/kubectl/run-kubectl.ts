import { editDistance } from '../manifest/nearest.ts';
import { COMMANDS, MISSING } from './commands/index.ts';
import { KubectlContext } from './context.ts';
import type { KubectlEnvironment } from './environment.ts';
import { parseLine } from './flags.ts';
import { KubectlError } from './kubectl-error.ts';
import { errorText } from './server-error.ts';

/** What is not there answers as everywhere in this program. */
const NOT_THERE = 2;

/**
 * Runs one line of the built-in kubectl: words, texts and exit codes of kubectl 1.33, as far as it goes.
 * @param argv what stands behind `kubectl`
 * @returns the exit code
 */
export async function runKubectl(argv: readonly string[], environment: KubectlEnvironment): Promise<number> {
  try {
    const { command, rest } = commandOf(argv);
    if (command === '' || command === 'help') return printCommands(environment);
    if (MISSING.includes(command))
      throw new KubectlError(`this built-in kubectl has no \`${command}\`; ${environment.realKubectl}`, NOT_THERE);
    const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (load === undefined) throw unknownCommand(command);
    const found = await load();
    const line = parseLine(command, found.flags, rest);
    if (line.flags.is('help')) return printHelp(environment, command, Object.keys(found.flags));
    return (await found.run(new KubectlContext(environment, line))) ?? 0;
  } catch (error) {
    const text = errorText(error, environment.connection.server);
    if (text !== '') environment.stderr(text.endsWith('\n') ? text : `${text}\n`);
    return error instanceof KubectlError ? error.exitCode : 1;
  }
}

/** Global flags may stand in front of the command: `kubectl -n shop get pods`. */
function commandOf(argv: readonly string[]): { command: string; rest: string[] } {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (!word.startsWith('-')) return { command: word, rest: [...argv.slice(0, i), ...argv.slice(i + 1)] };
    const takesValue = /^(-n|--namespace|--context|--kubeconfig|-s|--server|--request-timeout|-v)$/.test(word);
    if (takesValue) i++;
  }
  return { command: '', rest: [...argv] };
}

/** As cobra suggests: two letters away at most, or begun alike. */
function unknownCommand(word: string): KubectlError {
  const all = [...Object.keys(COMMANDS), ...MISSING];
  const meant = all.filter(
    (each) => editDistance(word.toLowerCase(), each) <= 2 || each.startsWith(word.toLowerCase()),
  );
  const suggestions =
    meant.length === 0 ? '' : `\n\nDid you mean this?\n${meant.map((each) => `\t${each}\n`).join('')}`;
  return new KubectlError(`error: unknown command "${word}" for "kubectl"${suggestions}`);
}

function printCommands({ stdout, realKubectl }: KubectlEnvironment): number {
  stdout('The built-in kubectl: behaves as kubectl 1.33, as far as it goes.\n\nCommands:\n');
  stdout(`  ${Object.keys(COMMANDS).join(' ')}\n\nNot there: ${MISSING.join(', ')}\n`);
  stdout(`Otherwise: ${realKubectl}\n`);
  return 0;
}

function printHelp({ stdout, realKubectl }: KubectlEnvironment, command: string, flags: readonly string[]): number {
  stdout(
    `kubectl ${command}: as kubectl 1.33 has it (https://kubernetes.io/docs/reference/kubectl/generated/kubectl_${command}/).\n\n`,
  );
  stdout(`Flags that it takes: ${flags.map((flag) => `--${flag}`).join(' ')} --namespace\nOtherwise: ${realKubectl}\n`);
  return 0;
}

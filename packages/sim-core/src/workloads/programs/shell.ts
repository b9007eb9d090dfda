import type { ContainerContext, Program, RunningProgram } from '../program.ts';
import { COMMANDS, type Command, SILENT_COMMANDS } from '../shell/commands.ts';
import { Exit, type Run, runScript, type Shell, type Wait } from '../shell/interpreter.ts';
import { parseScript, type Script, type Step } from '../shell/parse.ts';

/** Names of shells: their `-c` argument is a script. */
const SHELLS: readonly string[] = Object.freeze(['sh', 'bash', 'ash', 'dash', 'zsh']);

/** Images that hold a shell and tools and do nothing by themselves: without a command they end at once. */
const IMAGES: readonly string[] = Object.freeze([
  ...'alpine amazonlinux bash busybox centos debian fedora ubuntu'.split(' ').map((name) => `*/library/${name}`),
  'registry.k8s.io/e2e-test-images/busybox',
  'registry.k8s.io/busybox',
  'docker.io/curlimages/curl',
  'docker.io/nicolaka/netshoot',
  'docker.io/radial/busyboxplus',
]);

/** busybox and the like: runs the few shell commands that manifests use. */
export const shell: Program = Object.freeze({
  name: 'shell',
  images: IMAGES,
  start: (context: ContainerContext) => startShell(context, undefined),
});

/**
 * The script that a container's command line is, if it is one that the shell can run: `sleep 3600`, `sh -c "…"`.
 * Undefined: the command line belongs to the image's own program.
 */
export function scriptOf(
  { container, argv }: Pick<ContainerContext, 'container' | 'argv'>,
  isShellImage: boolean,
): Script | undefined {
  if (!isShellImage && (container.command ?? []).length === 0) return undefined;
  const name = baseName(argv[0] ?? '');
  const script = SHELLS.includes(name)
    ? argv[argv.findIndex((argument) => /^-\w*c$/.test(argument)) + 1 || argv.length]
    : undefined;
  if (script !== undefined) return parseScript(script);
  if (!isShellImage) return Object.hasOwn(COMMANDS, name) ? [commandStep(name, argv)] : undefined;
  return argv.length === 0 || SHELLS.includes(name) ? [] : [commandStep(name, argv)];
}

function commandStep(name: string, argv: readonly string[]): Step {
  return { when: 'always', statement: { kind: 'command', words: [name, ...argv.slice(1)], silent: false } };
}

/**
 * Starts the script. Where it calls something that is no shell command, `own` takes over for good: the image's own
 * program (`sh -c "prepare && exec server"`). Like every process with number 1 that sets no handler, a shell does not hear
 * SIGTERM: it is killed when the grace period is over.
 */
export function startShell(context: ContainerContext, own: Program | undefined): RunningProgram {
  let running: RunningProgram | undefined;
  const takeOver = own && (() => (running = own.start(context)));
  const script = scriptOf(context, own === undefined) ?? [];
  const run = runScript(script, newShell(context, takeOver));
  proceed(run, undefined, context);
  return {
    listener: (port) => running?.listener(port),
    requests: () => running?.requests?.() ?? 0,
    get anyPort() {
      return running?.anyPort ?? false;
    },
    stop: (done) => running?.stop?.(done),
    kill: () => running?.kill?.(),
  };
}

/** Runs until the script waits for something, and from there on when that has come. */
function proceed(run: Run, answer: unknown, context: ContainerContext): void {
  let value = answer;
  for (let wait = step(run, value, context); wait !== undefined; wait = step(run, value, context)) {
    let atOnce: boolean | undefined;
    waitFor(wait, context, (result) => {
      if (atOnce === false) return proceed(run, result, context);
      atOnce = true;
      value = result;
    });
    if (atOnce !== true) {
      atOnce = false;
      return;
    }
  }
}

/** Runs up to what the script waits for next; undefined when it has ended. */
function step(run: Run, answer: unknown, context: ContainerContext): Wait | undefined {
  try {
    const next = run.next(answer);
    if (next.done !== true) return next.value;
    context.exit(next.value);
  } catch (error) {
    if (!(error instanceof Exit)) context.log(String(error));
    context.exit(error instanceof Exit ? error.status : 1);
  }
  return undefined;
}

function waitFor(wait: Wait, { clock }: ContainerContext, then: (value: unknown) => void): void {
  if ('answer' in wait) wait.answer(then);
  else if (Number.isFinite(wait.milliseconds)) clock.after(wait.milliseconds, () => then(undefined));
}

function newShell(context: ContainerContext, takeOver: (() => void) | undefined): Shell {
  const variables = new Map<string, string>([['HOSTNAME', context.pod.metadata.name]]);
  for (const name in context.env) variables.set(name, context.env[name] as string);
  return {
    commands: 0,
    variables,
    substitute: (line) => substitute(line, context),
    *command(words, silent) {
      const [name, ...rest] = words[0] === 'exec' ? words.slice(1) : words;
      const command = baseName(name ?? '');
      if (SILENT_COMMANDS.includes(command)) return 0;
      if (Object.hasOwn(COMMANDS, command)) {
        const result = (COMMANDS[command] as Command)(rest, context, silent ? () => {} : context.log);
        return typeof result === 'number' ? result : yield* result;
      }
      if (SHELLS.includes(command)) return yield* runScript(parseScript(rest[rest.indexOf('-c') + 1] ?? ''), this);
      if (takeOver === undefined) {
        context.log(`${command}: not simulated`);
        return 0;
      }
      takeOver();
      yield { milliseconds: Number.POSITIVE_INFINITY };
      return 0;
    },
  };
}

/** Output of a command that waits for nothing. */
function substitute(line: string, context: ContainerContext): string {
  const output: string[] = [];
  const words = line.split(/\s+/);
  COMMANDS[baseName(words[0] ?? '')]?.(words.slice(1), context, (text) => output.push(text));
  return output.join('\n');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

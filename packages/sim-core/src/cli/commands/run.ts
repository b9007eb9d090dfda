import { ADDON_FILE, type LoadedManifests } from '../../run/load-manifests.ts';
import { version } from '../../version.ts';
import { type Command, type Output, PROGRAM } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import type { Input } from '../input.ts';
import { RefusedInput, readManifests } from '../read-manifests.ts';
import { expectClassFolder } from '../run/class-folder.ts';
import { type ExerciseInput, takeExercise } from '../run/exercise-input.ts';
import { jsonConsole } from '../run/json-console.ts';
import { nextStep } from '../run/next-step.ts';
import type { RunConsole } from '../run/run-console.ts';
import { RUN_FLAGS, type RunFlags } from '../run/run-flags.ts';
import { serve } from '../run/serve.ts';
import { Session } from '../run/session.ts';
import { hasCommand, shellOf } from '../run/shell.ts';
import { textConsole } from '../run/text-console.ts';

export const run: Command = {
  flags: RUN_FLAGS,
  examples: ['scenarios/canary.yaml', 'k8s --addon ingress-nginx', '- < canary.yaml'],
  async run(argv, output) {
    const { flags, given, positionals } = parseFlags(RUN_FLAGS, argv);
    expectScaleAndFiles(flags, positionals);
    expectClassFolder(flags.class, process.cwd());
    const session = await tellingRefusals(flags, output, async () =>
      prepare(flags, given, await takeExercise(positionals, process.cwd()), output),
    );
    const hasKeys = !positionals.includes('-');
    return serve(session, { hasKeys, open: flags.open === true });
  },
};

/** Reads and checks everything; nothing listens yet. */
function prepare(flags: RunFlags, given: ReadonlySet<string>, taken: ExerciseInput, output: Output): Session {
  const directory = process.cwd();
  const { names, exercise, files: before } = taken;
  const options = { packaged: true, directory, ...(exercise !== undefined && { before }) };
  const { input, manifests } = readManifests('run', names, options);
  const title = titleOf(input, taken.given);
  const console = consoleFor(flags, { title, hasKeys: !names.includes('-'), input, manifests }, output);
  for (const note of [...(taken.note === '' ? [] : [taken.note]), ...input.notes]) console.note(note);
  const { files } = input;
  const environment = process.env;
  return new Session({ files, names, directory, manifests, flags, given, environment, console, title, exercise });
}

/** Programs that read our lines are told of refused input in a line as well. */
async function tellingRefusals(flags: RunFlags, output: Output, step: () => Promise<Session>): Promise<Session> {
  try {
    return await step();
  } catch (error) {
    if (flags.output === 'json' && error instanceof CliError && error.exitCode === EXIT.refused) {
      const console = jsonConsole(output.write);
      if (error instanceof RefusedInput) for (const problem of error.problems) console.problem(problem);
      else console.problem({ reason: 'Unreadable', message: error.message });
    }
    throw error;
  }
}

/** @throws CliError usage */
function expectScaleAndFiles(flags: RunFlags, names: readonly string[]): void {
  const { speed = 1 } = flags;
  if (!(speed >= 0.01 && speed <= 1000)) throw new CliError(EXIT.usage, `--speed takes a number from 0.01 to 1000`);
  if (names.length === 0) {
    throw new CliError(
      EXIT.usage,
      `run needs a file, a folder, or - for standard input:\n  ${PROGRAM} scenarios/canary.yaml`,
    );
  }
}

function consoleFor(
  flags: RunFlags,
  parts: { title: string; hasKeys: boolean; input: Input; manifests: LoadedManifests },
  output: Output,
): RunConsole {
  if (flags.output === 'json') return jsonConsole(output.write);
  const { platform, env } = process;
  const { title, hasKeys, input, manifests } = parts;
  return textConsole({
    version,
    title,
    summary: manifests.settings.summary,
    platform,
    shell: shellOf(platform, env),
    has: (command) => hasCommand(command, platform, env),
    quietFile: ADDON_FILE,
    hasKeys,
    nextStep: () => nextStep(manifests, input.files),
    write: output.write,
  });
}

/** The one file, or the names as they were given. */
function titleOf({ files }: Input, names: readonly string[]): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.file : `${names.join(' ')} (${files.length} files)`;
}

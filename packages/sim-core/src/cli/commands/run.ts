import { spawn } from 'node:child_process';
import { version } from '../../version.ts';
import type { Command, Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { type Input, readInput } from '../input.ts';
import { jsonConsole } from '../run/json-console.ts';
import { type KeyAction, onKeys } from '../run/keys.ts';
import { ADDON_FILE, type LoadedManifests, loadManifests } from '../run/load-manifests.ts';
import type { RunConsole } from '../run/run-console.ts';
import { RUN_FLAGS, type RunFlags } from '../run/run-flags.ts';
import { Session } from '../run/session.ts';
import { onEnd } from '../run/shutdown.ts';
import { textConsole } from '../run/text-console.ts';

const NOT_YET = ['api-http', 'classroom', 'api-port', 'dns-port'] as const;

export const run: Command = {
  name: 'run',
  usage: '<file|dir|-> …',
  summary: 'Starts a cluster, applies the manifests and serves until Ctrl-C.',
  flags: RUN_FLAGS,
  async run(argv, output) {
    const { flags, given, positionals } = parseFlags(RUN_FLAGS, argv);
    refuseNotYet(given, flags);
    if (positionals.length === 0) throw new CliError(EXIT.usage, 'run needs a file, a folder, or - for standard input');
    const input = readInput(positionals, { packaged: true });
    const manifests = loadManifests(input.files);
    if (manifests.errors.length > 0) throw new CliError(EXIT.refused, manifests.errors.join('\n'));
    const hasKeys = !positionals.includes('-');
    const console = consoleFor(flags, input, manifests, hasKeys, output);
    for (const note of input.notes) console.note(note);
    const session = new Session({ files: input.files, manifests, flags, given, console, title: titleOf(input) });
    return serve(session, flags, hasKeys);
  },
};

/** Until somebody ends it. */
async function serve(session: Session, flags: RunFlags, hasKeys: boolean): Promise<number> {
  const ended = new Promise<void>((resolve) => {
    const stopWatching = onEnd(() => resolve());
    const act: Record<KeyAction, () => void> = {
      apply: () => session.applySaved(),
      diff: () => session.showDiff(),
      reset: () => session.reset(),
      open: () => openInBrowser(session.link),
      quit: () => {
        stopWatching();
        resolve();
      },
    };
    if (hasKeys) onKeys((action) => act[action]());
  });
  try {
    await session.start();
    if (flags.open === true) openInBrowser(session.link);
    await ended;
  } finally {
    await session.stop();
    if (process.stdin.isTTY === true) process.stdin.setRawMode(false);
    process.stdin.pause();
  }
  return EXIT.ok;
}

function refuseNotYet(given: ReadonlySet<string>, flags: RunFlags): void {
  for (const flag of NOT_YET) {
    const isPort = flag === 'api-port' || flag === 'dns-port';
    if (given.has(flag) && !(isPort && flags[flag] === 0)) throw new CliError(EXIT.usage, `--${flag}: not yet`);
  }
}

function consoleFor(
  flags: RunFlags,
  input: Input,
  manifests: LoadedManifests,
  hasKeys: boolean,
  output: Output,
): RunConsole {
  if (flags.output === 'json') return jsonConsole(output.write);
  return textConsole({
    version,
    title: titleOf(input),
    summary: manifests.settings.summary,
    platform: process.platform,
    quietFile: ADDON_FILE,
    hasKeys,
    next: nextStep(manifests),
    write: output.write,
  });
}

function titleOf({ files }: Input): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.file : `${files.length} files, ${first?.file ?? ''} first`;
}

/** The first thing to try: the canary's weight, where there is one. */
function nextStep({ documents }: LoadedManifests): string {
  const canary = documents.find(({ value }) =>
    JSON.stringify(value).includes('"nginx.ingress.kubernetes.io/canary-weight"'),
  );
  return canary === undefined
    ? ''
    : `change canary-weight in ${canary.file}, save, and press Enter here: the split moves at once.`;
}

/** Opens the page with the system's own opener; where there is none, nothing happens. */
function openInBrowser(link: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as 'darwin'] ?? 'xdg-open';
  spawn(opener, [link], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

import { onTestFinished } from 'vitest';
import { parseFlags } from '../flags.ts';
import { readManifests } from '../read-manifests.ts';
import { jsonConsole } from '../run/json-console.ts';
import { RUN_FLAGS } from '../run/run-flags.ts';
import { Session } from '../run/session.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

/** One line of `--output json`. */
export interface RunEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A session that listens on free ports, and what it says. */
export interface RunningSession {
  readonly session: Session;
  readonly folder: TemporaryFolder;
  /** Everything it has said so far. */
  readonly events: readonly RunEvent[];
  /** The next event of that name that is accepted; those before it are passed over. */
  next(name: string, accept?: (event: RunEvent) => boolean): Promise<RunEvent>;
}

const FREE = [
  ...['http', 'https', 'ui', 'api', 'dns'].flatMap((name) => [`--${name}-port`, '0']),
  ...['--cloud-delay', '0s'],
];

/** Other commands of this test find only what this test has started. */
export function ownRunDirectory(): string {
  const before = process.env.XDG_RUNTIME_DIR;
  const { path } = temporaryFolder();
  process.env.XDG_RUNTIME_DIR = path;
  onTestFinished(() => {
    if (before === undefined) delete process.env.XDG_RUNTIME_DIR;
    else process.env.XDG_RUNTIME_DIR = before;
  });
  return path;
}

/** Starts a session over files, as `run` does; it ends with the test. */
export async function runningSession(
  texts: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<RunningSession> {
  ownRunDirectory();
  const folder = temporaryFolder(texts);
  const names = Object.keys(texts);
  const { flags, given } = parseFlags(RUN_FLAGS, [...FREE, ...argv]);
  const { input, manifests } = readManifests('run', names, { packaged: false, directory: folder.path });
  const { events, next, write } = eventQueue();
  const session = new Session({
    files: input.files,
    names,
    directory: folder.path,
    manifests,
    flags,
    given,
    environment: {},
    console: jsonConsole(write),
    title: names[0] ?? '',
  });
  onTestFinished(() => session.stop());
  await session.start();
  return { session, folder, events, next };
}

function eventQueue() {
  const events: RunEvent[] = [];
  const waiting = new Set<() => void>();
  let taken = 0;
  const write = (line: string) => {
    events.push(JSON.parse(line) as RunEvent);
    for (const look of [...waiting]) look();
  };
  const next = (name: string, accept: (event: RunEvent) => boolean = () => true) =>
    new Promise<RunEvent>((resolve) => {
      const look = () => {
        while (taken < events.length) {
          const event = events[taken++] as RunEvent;
          if (event.event !== name || !accept(event)) continue;
          waiting.delete(look);
          resolve(event);
          return;
        }
      };
      waiting.add(look);
      look();
    });
  return { events, next, write };
}

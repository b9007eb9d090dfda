import { COMMANDS } from '../kubectl/commands/index.ts';
import type { KubectlConnection } from '../kubectl/connection.ts';
import type { KubectlEnvironment, KubectlFiles } from '../kubectl/environment.ts';
import { GLOBAL_FLAGS } from '../kubectl/flags.ts';
import { failure, KubectlError } from '../kubectl/kubectl-error.ts';
import { runKubectl } from '../kubectl/run-kubectl.ts';
import type { KubectlCommands } from '../wire.ts';
import type { KubectlStreams } from './actions.ts';
import { ControlError } from './control-error.ts';
import type { RunFiles } from './run-files.ts';

/** What the page's kubectl works with. */
export interface PageKubectlParts
  extends Pick<KubectlEnvironment, 'connection' | 'now' | 'kubeconfig' | 'realKubectl'> {
  readonly files: RunFiles;
  /** Rejects when it is ended early. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Exit code of a command that was interrupted. */
const INTERRUPTED = 130;

/** The context of the kubeconfig. */
export const PAGE_CONTEXT = 'sandbox';

/** Runs a line of the built-in kubectl for the page: its files are those of the run, as the cluster has them. */
export function runPageKubectl(
  { files, connection, sleep, ...given }: PageKubectlParts,
  argv: readonly string[],
  { signal, stdout, stderr }: KubectlStreams,
): Promise<number> {
  return runKubectl(argv, {
    ...given,
    connection: {
      ...connection,
      stream: async (request, onText) => {
        const stream = await connection.stream(request, onText);
        whenAborted(signal, () => stream.stop());
        return stream;
      },
    },
    files: filesOf(files),
    stdin: async () => {
      throw failure('there is no standard input here: name a file of this run');
    },
    stdout,
    stderr,
    sleep: (milliseconds) => interruptible(sleep(milliseconds, signal)),
    context: PAGE_CONTEXT,
  });
}

/** Commands with their flags, to complete a line. */
export async function pageKubectlCommands(): Promise<KubectlCommands> {
  const global = Object.keys(GLOBAL_FLAGS);
  const loaded = Object.entries(COMMANDS).map(async ([name, load]) => {
    return { name, flags: [...Object.keys((await load()).flags), ...global].sort() };
  });
  return { commands: await Promise.all(loaded) };
}

/** Schemas of a group and version as the API server publishes them. @throws ControlError 404 */
export async function publishedSchemas(connection: KubectlConnection, groupVersion: string): Promise<unknown> {
  const path = groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
  const { status, body } = await connection.request({ method: 'GET', path: `/openapi/v3/${encodeURI(path)}` });
  if (status !== 200)
    throw new ControlError(404, `the API server has no group and version ${groupVersion}`, 'NotFound');
  return (JSON.parse(body) as { components: { schemas: unknown } }).components.schemas;
}

function filesOf(files: RunFiles): KubectlFiles {
  const names = files.list().map(({ file }) => file);
  return {
    read: async (path) => {
      if (!files.has(path)) throw failure(`the path "${path}" does not exist; files of this run: ${names.join(', ')}`);
      return files.textOf(path);
    },
    list: async (path) => (/^(\.|\.\/)?$/.test(path) ? names : undefined),
  };
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

async function interruptible(sleeping: Promise<void>): Promise<void> {
  try {
    await sleeping;
  } catch {
    throw new KubectlError('', INTERRUPTED);
  }
}

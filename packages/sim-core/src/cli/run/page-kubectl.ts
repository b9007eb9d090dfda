import { setTimeout } from 'node:timers/promises';
import { type KubeconfigContext, kubeconfigPath, kubeconfigText } from '../../host/kubeconfig.ts';
import { kubernetesClient } from '../../host/kubernetes/client.ts';
import { COMMANDS } from '../../kubectl/commands/index.ts';
import type { KubectlFiles } from '../../kubectl/environment.ts';
import { GLOBAL_FLAGS } from '../../kubectl/flags.ts';
import { failure, KubectlError } from '../../kubectl/kubectl-error.ts';
import { runKubectl } from '../../kubectl/run-kubectl.ts';
import type { KubectlStreams } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import type { RunFiles } from '../../run/run-files.ts';
import type { KubectlCommands } from '../../wire.ts';
import { connectionOf } from '../kubectl-environment.ts';

/** What the page's kubectl works with. */
export interface PageKubectlParts {
  readonly files: RunFiles;
  /** How it reaches the Kubernetes API of this run. */
  readonly access: Omit<KubeconfigContext, 'name'>;
  /** Cluster time, milliseconds since the Unix epoch. */
  now(): number;
}

/** Exit code of a command that was interrupted. */
const INTERRUPTED = 130;

/** Runs a line of the built-in kubectl for the page: its files are those of the run, as the cluster has them. */
export async function runPageKubectl(
  { files, access, now }: PageKubectlParts,
  argv: readonly string[],
  { signal, stdout, stderr }: KubectlStreams,
): Promise<number> {
  const client = kubernetesClient(access);
  const connection = connectionOf(client);
  const context = { ...access, name: 'sandbox' };
  try {
    return await runKubectl(argv, {
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
      now,
      sleep: (milliseconds) => interruptible(milliseconds, signal),
      context: context.name,
      kubeconfig: kubeconfigText([context]),
      realKubectl: `in a terminal of your own, real kubectl has it: export KUBECONFIG=${kubeconfigPath()}`,
    });
  } finally {
    client.close();
  }
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
export async function publishedSchemas({ access }: PageKubectlParts, groupVersion: string): Promise<unknown> {
  const client = kubernetesClient(access);
  const path = groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
  try {
    const { status, body } = await client.request({ method: 'GET', path: `/openapi/v3/${encodeURI(path)}` });
    if (status !== 200)
      throw new ControlError(404, `the API server has no group and version ${groupVersion}`, 'NotFound');
    return (JSON.parse(body) as { components: { schemas: unknown } }).components.schemas;
  } finally {
    client.close();
  }
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

async function interruptible(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch {
    throw new KubectlError('', INTERRUPTED);
  }
}

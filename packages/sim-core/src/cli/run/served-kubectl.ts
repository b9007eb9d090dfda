import { setTimeout } from 'node:timers/promises';
import { type KubeconfigContext, kubeconfigPath, kubeconfigText } from '../../host/kubeconfig.ts';
import { kubernetesClient } from '../../host/kubernetes/client.ts';
import type { KubectlConnection } from '../../kubectl/connection.ts';
import type { KubectlStreams } from '../../run/actions.ts';
import { PAGE_CONTEXT, publishedSchemas, runPageKubectl } from '../../run/page-kubectl.ts';
import type { RunFiles } from '../../run/run-files.ts';
import { connectionOf } from '../kubectl-environment.ts';

export { pageKubectlCommands } from '../../run/page-kubectl.ts';

/** What the page's kubectl of a run with sockets works with. */
export interface ServedKubectlParts {
  readonly files: RunFiles;
  /** How it reaches the Kubernetes API of this run. */
  readonly access: Omit<KubeconfigContext, 'name'>;
  /** Cluster time, milliseconds since the Unix epoch. */
  now(): number;
}

/** Runs a line of the built-in kubectl for the page. */
export function runServedKubectl(
  { files, access, now }: ServedKubectlParts,
  argv: readonly string[],
  streams: KubectlStreams,
): Promise<number> {
  const parts = {
    files,
    now,
    sleep: (milliseconds: number, signal: AbortSignal) => setTimeout(milliseconds, undefined, { signal }),
    kubeconfig: kubeconfigText([{ ...access, name: PAGE_CONTEXT }]),
    realKubectl: `in a terminal of your own, real kubectl has it: export KUBECONFIG=${kubeconfigPath()}`,
  };
  return connected(access, (connection) => runPageKubectl({ ...parts, connection }, argv, streams));
}

/** Schemas of a group and version as the API server publishes them. @throws ControlError 404 */
export function servedSchemas({ access }: ServedKubectlParts, groupVersion: string): Promise<unknown> {
  return connected(access, (connection) => publishedSchemas(connection, groupVersion));
}

async function connected<T>(
  access: Omit<KubeconfigContext, 'name'>,
  act: (connection: KubectlConnection) => Promise<T>,
): Promise<T> {
  const client = kubernetesClient(access);
  try {
    return await act(connectionOf(client));
  } finally {
    client.close();
  }
}

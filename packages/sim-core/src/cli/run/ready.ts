import { contextName, refreshKubeconfig } from '../../host/kubeconfig.ts';
import { RunDirectoryError, type RunFile, removeRunFile, writeRunFile } from '../../host/run-file.ts';
import type { Cluster } from '../../index.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { seedOf } from '../read-manifests.ts';
import type { RunConsole } from './run-console.ts';
import type { RunFlags } from './run-flags.ts';
import type { Sockets } from './sockets.ts';

/** What is announced. */
export interface ReadyParts {
  readonly cluster: Cluster;
  readonly sockets: Sockets;
  readonly flags: RunFlags;
  readonly console: RunConsole;
  readonly title: string;
}

/**
 * Everything listens: lets other commands find the run, and says so.
 * @throws CliError environment when there is no safe place for the run file
 */
export async function announceReady({ cluster, sockets, flags, console, title }: ReadyParts): Promise<void> {
  const ready = sockets.readyLine(seedOf(cluster.settings.seed));
  const named = { scenario: title, name: flags.name ?? '', startedAt: Date.now(), ports: sockets.ports };
  try {
    writeRunFile({ ...ready, ...named, ...kubectlOf(sockets, named.name) });
    refreshKubeconfig();
  } catch (error) {
    if (!(error instanceof RunDirectoryError)) throw error;
    throw new CliError(EXIT.environment, error.message);
  }
  console.ready(ready);
  if (sockets.notes !== '') console.note(`${sockets.notes}\n`);
  const { classroom } = ready;
  if (classroom !== undefined && process.stdout.isTTY) console.note(`${await codeOf(classroom)}\n`);
}

async function codeOf(link: string): Promise<string> {
  return (await import('../../host/qr-code.ts')).terminalQrCode(link);
}

function kubectlOf({ kubernetes }: Sockets, name: string): Pick<RunFile, 'kubectl'> {
  return { kubectl: { name: contextName([name, String(process.pid)]), ...kubernetes } };
}

/** Other commands, and kubectl, no longer find the run. */
export function announceEnd(): void {
  removeRunFile(process.pid);
  try {
    refreshKubeconfig();
  } catch (error) {
    // Whoever took the folder away has taken the file as well.
    if (!(error instanceof RunDirectoryError)) throw error;
  }
}

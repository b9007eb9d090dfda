import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigPath, kubeconfigText } from '../host/kubeconfig.ts';
import { type KubernetesClient, kubernetesClient } from '../host/kubernetes/client.ts';
import type { RunFile } from '../host/run-file.ts';
import { ConnectionRefused, type KubectlConnection } from '../kubectl/connection.ts';
import type { KubectlEnvironment, KubectlFiles } from '../kubectl/environment.ts';
import { failure } from '../kubectl/kubectl-error.ts';
import type { Output } from './command.ts';
import { CliError, EXIT } from './exit-codes.ts';

/** The world of the built-in kubectl on the command line. @throws CliError when the sandbox has no Kubernetes API */
export function kubectlEnvironment({ kubectl, pid }: RunFile, output: Output): KubectlEnvironment & { close(): void } {
  if (kubectl === undefined) throw new CliError(EXIT.environment, `the sandbox with pid ${pid} has no Kubernetes API`);
  const client = kubernetesClient(kubectl);
  return {
    connection: connectionOf(client),
    files: FILES,
    stdin: async () => readFileSync(0, 'utf8'),
    stdout: (text) => output.write(text),
    // Lines stay lines: err() ends each.
    stderr: (text) => output.err(text.replace(/\n$/, '')),
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    edit: async (text) => edited(text),
    context: kubectl.name,
    kubeconfig: kubeconfigText([kubectl]),
    realKubectl: `real kubectl works too: export KUBECONFIG=${kubeconfigPath()}`,
    close: () => client.close(),
  };
}

/** The way over https. */
export function connectionOf(client: KubernetesClient): KubectlConnection {
  const refusing = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED' || code === 'ECONNRESET') throw new ConnectionRefused(client.server);
      throw error;
    }
  };
  return {
    server: client.server,
    request: (request) => refusing(client.request(request)),
    stream: (request, onText) => refusing(client.stream(request, onText)),
    exec: (path, streams) => refusing(client.exec(path, streams)),
  };
}

const FILES: KubectlFiles = Object.freeze({
  read: async (path: string) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      throw failure(whyUnreadable(path, error as NodeJS.ErrnoException));
    }
  },
  list: async (path: string) => {
    try {
      return (await stat(path)).isDirectory() ? (await readdir(path)).sort() : undefined;
    } catch (error) {
      throw failure(whyUnreadable(path, error as NodeJS.ErrnoException));
    }
  },
});

function whyUnreadable(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `the path "${path}" does not exist`;
  if (code === 'EACCES') return `open ${path}: permission denied`;
  return code === 'EISDIR' ? `read ${path}: is a directory` : message;
}

/** What the user's editor saves. */
function edited(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-edit-'));
  const file = join(folder, 'object.yaml');
  try {
    writeFileSync(file, text, { mode: 0o600 });
    const editor = process.env.KUBE_EDITOR ?? process.env.EDITOR ?? (process.platform === 'win32' ? 'notepad' : 'vi');
    const { status } = spawnSync(editor, [file], { stdio: 'inherit', shell: true });
    if (status !== 0 || !statSync(file).isFile()) throw failure(`there was a problem with the editor "${editor}"`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { join } from 'node:path';
import { type RunFile, runDirectory, runningSandboxes, writePrivateFile } from './run-file.ts';

/** One cluster with its user, as kubectl knows it by one name. */
export interface KubeconfigContext {
  readonly name: string;
  /** `https://127.0.0.1:6443`. */
  readonly server: string;
  /** PEM; '' over plain http. */
  readonly certificateAuthority: string;
  /** '' sends none. */
  readonly token: string;
}

const NAME = 'k8s-ingress-sandbox';
const FILE = 'kubeconfig';

/**
 * Where kubectl is led when nothing runs: a port on this machine on which nothing listens (tcpmux). A file without
 * clusters would lead it to localhost:8080 or, within a pod, to the cluster around it.
 */
const CLOSED: KubeconfigContext = Object.freeze({
  name: NAME,
  server: 'https://127.0.0.1:1',
  certificateAuthority: '',
  // Without any, kubectl asks for a user and a password before it finds out that nobody listens.
  token: 'nothing-runs',
});

/** How often it is written again because sandboxes came or went meanwhile. */
const TRIES = 5;

/** The file for KUBECONFIG: always the same for a user, whatever runs. ~/.kube/config is never touched. */
export function kubeconfigPath(directory = runDirectory()): string {
  return join(directory, FILE);
}

/** A name that no running sandbox has. @param own names of the new one, the best first */
export function contextName(own: readonly string[], running: readonly RunFile[] = runningSandboxes()): string {
  const taken = new Set(running.map(({ kubectl }) => kubectl?.name));
  const names = [NAME, ...own.filter((each) => each !== '').map((each) => `${NAME}-${each}`)];
  return names.find((name) => !taken.has(name)) ?? `${NAME}-${process.pid}`;
}

/**
 * Writes the file for the sandboxes that run now, the newest as current context; none of them leads to a closed port.
 * Called when one starts and when one ends; those that were killed are left out the next time.
 * @returns the contexts in it, the current one first
 * @throws RunDirectoryError when the folder cannot be written to, or somebody else could have made it
 */
export function refreshKubeconfig(directory = runDirectory()): KubeconfigContext[] {
  let contexts = runningContexts(directory);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    writeKubeconfig(contexts, directory);
    const now = runningContexts(directory);
    if (JSON.stringify(now) === JSON.stringify(contexts)) break;
    contexts = now;
  }
  return contexts;
}

function runningContexts(directory: string): KubeconfigContext[] {
  return runningSandboxes(directory).flatMap(({ kubectl }) => kubectl ?? []);
}

/** Writes the file in one step. @param contexts the current one first; none leads to a closed port */
export function writeKubeconfig(contexts: readonly KubeconfigContext[], directory = runDirectory()): void {
  writePrivateFile(directory, FILE, kubeconfigText(contexts));
}

/** The file's text, as kubectl itself writes it (client-go tools/clientcmd/api/v1). */
export function kubeconfigText(contexts: readonly KubeconfigContext[]): string {
  const listed = contexts.length > 0 ? contexts : [CLOSED];
  return [
    'apiVersion: v1',
    'clusters:',
    ...listed.flatMap(clusterLines),
    'contexts:',
    ...listed.flatMap(contextLines),
    `current-context: ${quoted(listed[0]?.name ?? '')}`,
    'kind: Config',
    'preferences: {}',
    'users:',
    ...listed.flatMap(userLines),
    '',
  ].join('\n');
}

function clusterLines({ name, server, certificateAuthority }: KubeconfigContext): string[] {
  const authority = Buffer.from(certificateAuthority).toString('base64');
  const trusted = authority === '' ? [] : [`    certificate-authority-data: ${authority}`];
  return ['- cluster:', ...trusted, `    server: ${quoted(server)}`, `  name: ${quoted(name)}`];
}

function contextLines({ name }: KubeconfigContext): string[] {
  return ['- context:', `    cluster: ${quoted(name)}`, `    user: ${quoted(name)}`, `  name: ${quoted(name)}`];
}

function userLines({ name, token }: KubeconfigContext): string[] {
  return [`- name: ${quoted(name)}`, ...(token === '' ? ['  user: {}'] : ['  user:', `    token: ${quoted(token)}`])];
}

/** Plain where YAML reads it as text, else as JSON writes it, which is YAML too. */
function quoted(text: string): string {
  return /^[a-z][\w./:-]*$/i.test(text) && !/:$|^(null|true|false|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

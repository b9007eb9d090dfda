import type { KubectlCommands } from '@k8s-ingress-sandbox/sim-core/wire';

/** Where completion looks things up. */
export interface CompletionSources {
  commands(): Promise<KubectlCommands>;
  /** Names of objects of a kind in a namespace, as kubectl takes them. */
  names(resource: string, namespace: string): Promise<readonly string[]>;
  namespaces(): readonly string[];
  readonly files: readonly string[];
}

/** What a line can go on with. */
export interface Completion {
  /** The line up to the caret with as much as all candidates have in common. */
  readonly line: string;
  readonly candidates: readonly string[];
}

const RESOURCES: readonly string[] = Object.freeze(
  'pods services ingresses deployments replicasets endpoints endpointslices nodes namespaces events configmaps secrets ingressclasses jobs cronjobs daemonsets statefulsets serviceaccounts'.split(
    ' ',
  ),
);
/** Commands whose first word is a type, and those that take a pod at once. */
const TYPED = new Set([
  'get',
  'describe',
  'delete',
  'edit',
  'label',
  'annotate',
  'patch',
  'scale',
  'expose',
  'explain',
]);
const POD_COMMANDS = new Set(['logs', 'exec']);
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  rollout: ['history', 'pause', 'restart', 'resume', 'status', 'undo'],
  top: ['node', 'pod'],
  create: ['configmap', 'deployment', 'ingress', 'job', 'namespace', 'secret', 'service'],
  auth: ['can-i', 'whoami'],
  config: ['current-context', 'get-contexts', 'view'],
  set: ['env', 'image', 'resources'],
});

/** Completes the last word before the caret. */
export async function complete(before: string, sources: CompletionSources): Promise<Completion> {
  const words = before.trimStart().split(/\s+/);
  const last = words.pop() ?? '';
  const candidates = (await options(words, last, sources)).filter((option) => option.startsWith(last)).sort();
  const common = commonStart(candidates);
  const done = candidates.length === 1 && !/[/=]$/.test(common) ? `${common} ` : common;
  return { line: before.slice(0, before.length - last.length) + (done || last), candidates };
}

async function options(words: readonly string[], last: string, sources: CompletionSources): Promise<readonly string[]> {
  if (words.length === 0) return ['kubectl', 'help', 'clear', 'history'];
  if (words[0] !== 'kubectl' && words[0] !== 'k') return [];
  const { commands } = await sources.commands();
  const [command] = positional(words.slice(1));
  if (command === undefined) return commands.map(({ name }) => name);
  const previous = words.at(-1) ?? '';
  if (previous === '-n' || previous === '--namespace') return sources.namespaces();
  if (previous === '-f' || previous === '--filename') return sources.files;
  if (last.startsWith('-'))
    return (commands.find(({ name }) => name === command)?.flags ?? []).map((flag) => `--${flag}`);
  return argumentsOf(command, words, last, sources);
}

async function argumentsOf(
  command: string,
  words: readonly string[],
  last: string,
  sources: CompletionSources,
): Promise<readonly string[]> {
  const given = positional(words.slice(words.indexOf(command) + 1));
  const names = (resource: string) => sources.names(resource, namespaceOf(words));
  if (POD_COMMANDS.has(command)) return given.length === 0 ? names('pods') : [];
  const subcommands = SUBCOMMANDS[command];
  if (subcommands && given.length === 0) return subcommands;
  const types = command === 'rollout' ? given.slice(1) : given;
  if (!TYPED.has(command) && command !== 'rollout') return [];
  const [type] = types;
  if (type !== undefined) return type.includes('/') ? [] : names(type);
  const slash = last.indexOf('/');
  if (slash < 0) return command === 'rollout' ? ['daemonset', 'deployment', 'statefulset'] : RESOURCES;
  const resource = last.slice(0, slash);
  return (await names(resource)).map((name) => `${resource}/${name}`);
}

/** Words that are neither flags nor, as far as can be told, their values. */
function positional(words: readonly string[]): string[] {
  return words.filter(
    (word, i) => !word.startsWith('-') && !/^(-n|-o|-l|-c|-f|--namespace|--output)$/.test(words[i - 1] ?? ''),
  );
}

function namespaceOf(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '-n' || word === '--namespace');
  const inline = words.find((word) => word.startsWith('--namespace='));
  return inline?.slice('--namespace='.length) ?? (at < 0 ? 'default' : (words[at + 1] ?? 'default'));
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...more] = texts;
  let length = first.length;
  for (const text of more) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

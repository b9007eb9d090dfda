import type { Command, Output } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { describeApplied, describeProblem } from '../outcome-lines.ts';
import { readManifests } from '../read-manifests.ts';

const FLAGS = {
  namespace: { type: 'text', help: 'namespace of what is named by kind and name (default default)' },
  name: SANDBOX_FLAG,
} as const;

/** What the API is asked to delete: with a version from a file, by a word such as `ing` from the command line. */
interface Target {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

export const deleteCommand: Command = {
  flags: FLAGS,
  examples: ['delete ingress canary', 'delete deploy/web svc/web --namespace shop', 'delete canary.yaml'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const targets = readTargets(positionals, flags.namespace ?? 'default');
    const client = new ControlClient(findSandbox(flags.name));
    let failed = 0;
    for (const target of targets) if (!(await deleteOne(client, target, output))) failed++;
    return failed > 0 ? EXIT.refused : EXIT.ok;
  },
};

async function deleteOne(client: ControlClient, target: Target, output: Output): Promise<boolean> {
  const { file, line, ...object } = target;
  const answer = await client.call<{ message?: string }>('POST', '/api/v1/delete', object);
  if (answer.status === 200) output.out(describeApplied({ ...object, action: 'deleted' }));
  else if (answer.status !== 404 && answer.status !== 400) client.refuse(answer);
  else output.err(describeProblem({ message: answer.body.message ?? 'not found', ...placeOf(target) }));
  return answer.status === 200;
}

function placeOf({ file, line }: Target): { file?: string; line?: number } {
  return file === undefined || line === undefined ? {} : { file, line };
}

/**
 * `ingress canary other`, `ingress/canary service/web`, or files; objects of files in reverse, so that a namespace goes
 * last.
 */
function readTargets(words: readonly string[], namespace: string): Target[] {
  const [first = ''] = words;
  if (words.length > 0 && words.every((word) => /^[A-Za-z.]+\/[a-z0-9.-]+$/.test(word) && !looksLikeFile(word))) {
    return words.map((word) => ({ kind: word.split('/')[0] ?? '', namespace, name: word.split('/')[1] ?? '' }));
  }
  if (words.length > 1 && /^[A-Za-z.]+$/.test(first) && !looksLikeFile(first)) {
    return words.slice(1).map((name) => ({ kind: first, namespace, name }));
  }
  if (words.length === 0) {
    throw new CliError(
      EXIT.usage,
      'delete needs a kind and a name, or a file: delete ingress canary, delete canary.yaml',
    );
  }
  const { documents } = readManifests('delete', words, { packaged: false }).manifests;
  return documents.map(({ file, line, value }) => ({ ...targetOf(value), file, line })).reverse();
}

function looksLikeFile(word: string): boolean {
  return /\.(ya?ml|json)$/i.test(word);
}

function targetOf({ apiVersion, kind, metadata }: { apiVersion: string; kind: string; metadata?: unknown }): Target {
  const { name, namespace } = (metadata ?? {}) as { name?: unknown; namespace?: unknown };
  return { apiVersion, kind, namespace: String(namespace ?? 'default'), name: String(name ?? '') };
}

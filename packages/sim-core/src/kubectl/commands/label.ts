import type { KubectlCommand, KubectlContext } from '../context.ts';
import { strings } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';

/** What `label` and `annotate` share. */
interface MetadataWords {
  readonly field: 'labels' | 'annotations';
  readonly command: string;
  readonly one: string;
  /** What is printed of an object. */
  said(before: Readonly<Record<string, string>>, changes: Changes): string;
}

/** null takes a key away. */
type Changes = Readonly<Record<string, string | null>>;

/** `kubectl label` (kubectl/pkg/cmd/label/label.go). */
export const label: KubectlCommand = metadataCommand({
  field: 'labels',
  command: 'label',
  one: 'label',
  said: (before, changes) => {
    const removed = Object.entries(changes).filter(([key, value]) => value === null && Object.hasOwn(before, key));
    const changed = Object.entries(changes).filter(([key, value]) => value !== null && before[key] !== value);
    if (removed.length === 0 && changed.length === 0) return 'not labeled';
    return changed.length === 0 ? 'unlabeled' : 'labeled';
  },
});

/** `kubectl annotate` (kubectl/pkg/cmd/annotate/annotate.go). */
export const annotate: KubectlCommand = metadataCommand({
  field: 'annotations',
  command: 'annotate',
  one: 'annotation',
  said: () => 'annotated',
});

function metadataCommand(words: MetadataWords): KubectlCommand {
  return {
    flags: {
      ...SELECTION_FLAGS,
      ...CHANGE_FLAGS,
      overwrite: { type: 'bool' },
      list: { type: 'bool' },
      'resource-version': { type: 'string', default: '' },
    },
    async run(context) {
      const isChange = (arg: string) => /^[^=]+=/.test(arg) || (arg.endsWith('-') && arg.length > 1);
      const first = context.args.findIndex(isChange);
      const end = first < 0 ? context.args.length : first;
      const targets = context.args.slice(0, end);
      const changes = changesOf(words, context.args.slice(end));
      if (targets.length === 0 && context.flags.list('filename').length === 0) {
        throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
      }
      if (Object.keys(changes).length === 0 && !context.flags.is('list')) {
        throw failure(`at least one ${words.one} update is required`);
      }
      const found = await findObjects(context, await targetsOf(context, targets));
      await context.each(found, (each) => change(context, words, each, changes));
      return context.exitCode;
    },
  };
}

function changesOf({ one }: MetadataWords, args: readonly string[]): Changes {
  const changes: Record<string, string | null> = {};
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals > 0) changes[arg.slice(0, equals)] = arg.slice(equals + 1);
    else if (arg.endsWith('-') && arg.length > 1) changes[arg.slice(0, -1)] = null;
    else throw failure(`unknown ${one} spec: ${arg}`);
  }
  return changes;
}

async function change(context: KubectlContext, words: MetadataWords, found: Found, changes: Changes): Promise<void> {
  const before = strings(found.object, 'metadata', words.field);
  if (context.flags.is('list')) {
    context.out(`Listing ${words.field} for ${found.resource.kind}.${found.resource.version}/${found.name}:`);
    for (const [key, value] of Object.entries(before)) context.out(` ${key}=${value}`);
    return;
  }
  for (const [key, value] of Object.entries(changes))
    if (value === null && !Object.hasOwn(before, key)) context.out(`${words.one} "${key}" not found.`);
  refuseOverwrite(context, words, before, changes);
  const patch = { metadata: { [words.field]: changes } };
  const query = writeQuery(context, `kubectl-${words.command}`);
  const isChange = Object.entries(changes).some(([key, value]) => (before[key] ?? null) !== value);
  const changed =
    dryRunOf(context) === 'client' || !isChange
      ? found.object
      : await context.client.patch(found, 'merge', patch, query);
  printChanged(context, found.resource, changed, words.said(before, changes));
}

function refuseOverwrite(
  { flags }: KubectlContext,
  { field, one }: MetadataWords,
  before: Readonly<Record<string, string>>,
  changes: Changes,
): void {
  if (flags.is('overwrite')) return;
  const held = Object.entries(changes).filter(
    ([key, value]) => value !== null && Object.hasOwn(before, key) && before[key] !== value,
  );
  if (held.length === 0) return;
  const texts = held.map(([key]) =>
    one === 'label'
      ? `'${key}' already has a value (${before[key]}), and --overwrite is false`
      : `found existing ${field} "${key}" with value: ${before[key]}`,
  );
  if (one === 'label') throw new KubectlError(`error: ${texts.join('\n')}`);
  throw failure(
    '--overwrite is false but found the following declared annotation(s): ' +
      held.map(([key]) => `'${key}' already has a value (${before[key]})`).join('; '),
  );
}

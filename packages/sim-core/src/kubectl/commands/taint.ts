import type { KubectlCommand } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { objects, text } from '../json.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { findObjects } from '../resource-args.ts';

const EFFECTS: readonly string[] = Object.freeze(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** One taint of the command line; without a value and a dash behind it, it goes. */
interface TaintSpec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
  readonly removes: boolean;
}

/** `kubectl taint` (kubectl/pkg/cmd/taint). */
export const taint: KubectlCommand = {
  flags: {
    ...CHANGE_FLAGS,
    overwrite: { type: 'bool' },
    all: { type: 'bool' },
    selector: { type: 'string', short: 'l', default: '' },
    'field-selector': { type: 'string', default: '' },
    'all-namespaces': { type: 'bool' },
  },
  async run(context) {
    const [word = '', ...rest] = context.args;
    const isSpec = (arg: string) => /[=:]/.test(arg) || arg.endsWith('-');
    const [names, specs] = [rest.filter((arg) => !isSpec(arg)), rest.filter(isSpec).map(specOf)];
    const resource = (await context.mapper()).expect(word);
    if (resource.kind !== 'Node') throw failure(`invalid resource type ${word}, only node(s) is supported`);
    if (specs.length === 0) throw usageError('taint', 'at least one taint update is required');
    const targets = names.length === 0 ? [undefined] : names;
    const found = await findObjects(
      context,
      targets.map((name) => ({ resource, namespace: '', name })),
    );
    await context.each(found, async (node) => {
      const before = objects(node.object, 'spec', 'taints');
      const after = changed(before, specs, node.name, context.flags.is('overwrite'));
      const patch = { spec: { taints: after.length === 0 ? null : after } };
      const isLess = specs.every(({ removes }) => removes);
      const live =
        dryRunOf(context) === 'client'
          ? node.object
          : await context.client.patch(node, 'merge', patch, writeQuery(context, 'kubectl-taint'));
      printChanged(
        context,
        resource,
        live,
        isLess ? 'untainted' : context.flags.is('overwrite') ? 'modified' : 'tainted',
      );
    });
    return context.exitCode;
  },
};

function specOf(arg: string): TaintSpec {
  const removes = arg.endsWith('-');
  const [left = '', effect = '', ...more] = (removes ? arg.slice(0, -1) : arg).split(':');
  const [key = '', value = '', ...values] = left.split('=');
  if (more.length > 0 || values.length > 0) throw failure(`invalid taint spec: ${arg}`);
  if (effect === '' && !removes) throw failure(`invalid taint spec: ${arg}, format is 'key[=value]:effect'`);
  if (effect !== '' && !EFFECTS.includes(effect))
    throw failure(`invalid taint effect: ${effect}, unsupported taint effect`);
  return { key, value, effect, removes };
}

function changed(
  before: readonly JsonObject[],
  specs: readonly TaintSpec[],
  node: string,
  overwrite: boolean,
): JsonObject[] {
  let taints = [...before];
  for (const { key, value, effect, removes } of specs) {
    const isMeant = (each: JsonObject) =>
      text(each, 'key') === key && (effect === '' || text(each, 'effect') === effect);
    const held = taints.some(isMeant);
    if (removes && !held) throw failure(`taint "${key}${effect === '' ? '' : `:${effect}`}" not found`);
    if (!removes && held && !overwrite) {
      throw failure(`node ${node} already has ${key} taint(s) with same effect(s) and --overwrite is false`);
    }
    taints = taints.filter((each) => !isMeant(each));
    if (!removes) taints.push({ key, ...(value === '' ? {} : { value }), effect });
  }
  return taints;
}

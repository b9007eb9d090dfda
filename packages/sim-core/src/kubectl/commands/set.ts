import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, objects, text, withAt } from '../json.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { podSpecPath } from '../pod-spec.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { singularName } from '../resources.ts';

/** `kubectl set image` and `set env` (kubectl/pkg/cmd/set). */
export const set: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    containers: { type: 'string', short: 'c', default: '*' },
    env: { type: 'list', short: 'e' },
    list: { type: 'bool' },
    overwrite: { type: 'bool', default: true },
  },
  async run(context) {
    const [what = '', ...args] = context.args;
    if (what === 'image') return setImage(context, args);
    if (what === 'env') return setEnv(context, args);
    throw failure(
      what === ''
        ? 'set needs image or env'
        : `this built-in kubectl has no \`set ${what}\`, only set image and set env`,
    );
  },
};

function split(args: readonly string[], isChange: (arg: string) => boolean): [targets: string[], changes: string[]] {
  return [args.filter((arg) => !isChange(arg)), args.filter(isChange)];
}

async function setImage(context: KubectlContext, args: readonly string[]): Promise<number> {
  const [targets, pairs] = split(args, (arg) => arg.includes('='));
  if (targets.length === 0 && context.flags.list('filename').length === 0) {
    throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (pairs.length === 0) throw failure('at least one image update is required');
  const images = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const found = await findObjects(context, await targetsOf(context, targets));
  await context.each(found, async (each) => {
    const path = specPathOf(each);
    const lists = ['initContainers', 'containers'].map((list) => ({ list, own: objects(each.object, ...path, list) }));
    for (const name of images.keys()) {
      if (name !== '*' && !lists.some(({ own }) => own.some((container) => text(container, 'name') === name))) {
        throw failure(`unable to find container named "${name}"`);
      }
    }
    const changed = lists.reduce<JsonObject>(
      (object, { list, own }) =>
        own.length === 0
          ? object
          : withAt(
              object,
              [...path, list],
              own.map((container) => withImage(container, images)),
            ),
      each.object,
    );
    await patchWith(context, each, changed, 'image updated');
  });
  return context.exitCode;
}

async function setEnv(context: KubectlContext, args: readonly string[]): Promise<number> {
  const [targets, changes] = split(args, (arg) => arg.includes('=') || arg.endsWith('-'));
  changes.push(...context.flags.list('env'));
  if (targets.length === 0)
    throw usageError('set env', 'one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const found = await findObjects(context, await targetsOf(context, targets));
  if (changes.length === 0 && !context.flags.is('list'))
    throw failure('at least one environment variable must be provided');
  await context.each(found, async (each) => {
    const path = specPathOf(each);
    const meant = objects(each.object, ...path, 'containers').filter((container) =>
      isMeant(context, text(container, 'name')),
    );
    if (context.flags.is('list')) return listEnv(context, each, meant);
    const containers = objects(each.object, ...path, 'containers').map((container) =>
      meant.includes(container) ? withEnv(container, changes) : container,
    );
    await patchWith(context, each, withAt(each.object, [...path, 'containers'], containers), 'env updated');
  });
  return context.exitCode;
}

function isMeant({ flags }: KubectlContext, name: string): boolean {
  const pattern = flags
    .text('containers')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`).test(name);
}

function withImage(container: JsonObject, images: ReadonlyMap<string, string>): JsonObject {
  const image = images.get(text(container, 'name')) ?? images.get('*');
  return image === undefined ? container : { ...container, image };
}

/** `A=1` sets, `A-` takes away. */
function withEnv(container: JsonObject, changes: readonly string[]): JsonObject {
  let env = objects(container, 'env');
  for (const change of changes) {
    const equals = change.indexOf('=');
    const name = equals < 0 ? change.slice(0, -1) : change.slice(0, equals);
    if (equals < 0) env = env.filter((each) => each['name'] !== name);
    else if (env.some((each) => each['name'] === name))
      env = env.map((each) => (each['name'] === name ? { name, value: change.slice(equals + 1) } : each));
    else env = [...env, { name, value: change.slice(equals + 1) }];
  }
  return withAt(container, ['env'], env.length === 0 ? undefined : env);
}

function listEnv(context: KubectlContext, { resource, name }: Found, containers: readonly JsonObject[]): void {
  for (const container of containers) {
    context.out(`# ${resource.kind} ${name}, container ${text(container, 'name')}`);
    for (const each of objects(container, 'env')) {
      const from = at(each, 'valueFrom');
      context.out(
        from === undefined
          ? `${text(each, 'name')}=${text(each, 'value')}`
          : `# ${text(each, 'name')} from ${Object.keys(from as object)[0]}`,
      );
    }
  }
}

function specPathOf({ resource, name }: Found): readonly string[] {
  const path = podSpecPath(resource.kind);
  if (path === undefined) throw failure(`${singularName(resource)}/${name} does not have a pod template or spec`);
  return path;
}

/** What is as wanted already is not written, and not told. */
async function patchWith(context: KubectlContext, found: Found, changed: JsonObject, verb: string): Promise<void> {
  const type = createSchema(() => SCHEMA_JSON).kind(text(found.object, 'apiVersion'), found.resource.kind);
  const { patch } = threeWayMerge(type, found.object, found.object, changed);
  if (Object.keys(patch).length === 0) return;
  const live =
    dryRunOf(context) === 'client'
      ? changed
      : await context.client.patch(found, 'strategic', patch, writeQuery(context, 'kubectl-set'));
  printChanged(context, found.resource, live, verb);
}

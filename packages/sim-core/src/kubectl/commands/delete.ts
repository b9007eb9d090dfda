import type { KubectlCommand, KubectlContext } from '../context.ts';
import { text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf } from '../output/changed.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { singularName } from '../resources.ts';
import { ServerError } from '../server-error.ts';
import { untilDeadline } from '../wait-until.ts';

/** How often it is looked whether an object is gone, milliseconds. */
const POLL = 100;

/** `kubectl delete` (kubectl/pkg/cmd/delete/delete.go). */
export const deleteCommand: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    cascade: { type: 'string', default: 'background', bare: 'background' },
    force: { type: 'bool' },
    now: { type: 'bool' },
    'grace-period': { type: 'int', default: -1 },
    'ignore-not-found': { type: 'bool' },
    timeout: { type: 'string', default: '0s' },
    wait: { type: 'bool', default: true },
  },
  async run(context) {
    const { flags, args } = context;
    const bare = args.length === 1 && !(args[0] as string).includes('/');
    if (bare && !flags.is('all') && flags.text('selector') === '' && flags.text('field-selector') === '') {
      throw failure('resource(s) were provided, but no name was specified');
    }
    if (args.length === 0 && flags.list('filename').length === 0 && flags.text('kustomize') === '') {
      throw failure(
        "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
      );
    }
    const grace = gracePeriod(context);
    if (grace === 0) {
      context.err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
      );
    }
    const found = await present(context);
    await context.each(found, (each) => deleteOne(context, each, grace));
    if (found.length === 0 && context.exitCode === 0) context.out('No resources found');
    if (flags.is('wait') && dryRunOf(context) === 'none') for (const each of found) await untilGone(context, each);
    return context.exitCode;
  },
};

/** Seconds; undefined leaves it to the object. */
function gracePeriod({ flags }: KubectlContext): number | undefined {
  if (flags.is('now')) return 1;
  if (flags.given('grace-period') && flags.number('grace-period') >= 0) {
    if (flags.number('grace-period') === 0 && !flags.is('force')) return 1;
    return flags.number('grace-period');
  }
  return flags.is('force') ? 0 : undefined;
}

async function present(context: KubectlContext): Promise<Found[]> {
  const fail = context.fail.bind(context);
  const missingIsFine = context.flags.is('ignore-not-found') || context.flags.is('all');
  context.fail = (error) => {
    if (!(missingIsFine && error instanceof ServerError && error.reason === 'NotFound')) fail(error);
  };
  const targets = await targetsOf(context);
  // From files, a missing one is told when its deletion is asked for.
  return findObjects(context, targets);
}

async function deleteOne(context: KubectlContext, found: Found, grace: number | undefined): Promise<void> {
  const { flags, client } = context;
  const propagationPolicy = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' }[
    flags.text('cascade')
  ];
  if (propagationPolicy === undefined) {
    throw failure(`invalid cascade value (${flags.text('cascade')}). Must be "background", "foreground", or "orphan"`);
  }
  const dryRun = dryRunOf(context);
  if (dryRun !== 'client') {
    const options = { propagationPolicy, ...(grace === undefined ? {} : { gracePeriodSeconds: grace }) };
    await client.delete(found, { ...options, ...(dryRun === 'server' ? { dryRun: ['All'] } : {}) });
  }
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const verb = grace === 0 ? 'force deleted' : 'deleted';
  const name = singularName(found.resource);
  context.out(flags.text('output') === 'name' ? `${name}/${found.name}` : `${name} "${found.name}" ${verb}${suffix}`);
}

async function untilGone(context: KubectlContext, found: Found): Promise<void> {
  const uid = text(found.object, 'metadata', 'uid');
  await untilDeadline(context, context.flags.text('timeout'), POLL, async () => {
    try {
      return text(await context.client.get(found), 'metadata', 'uid') !== uid;
    } catch (error) {
      if (error instanceof ServerError && error.reason === 'NotFound') return true;
      throw error;
    }
  });
}

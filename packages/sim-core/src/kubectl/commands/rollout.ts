import { formatTimestamp } from '../../apimachinery/timestamp.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import { podTemplateLines } from '../describe/pod-template.ts';
import type { JsonObject } from '../json.ts';
import { at, object, withAt } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { DESCRIBE_TABS, tabbed } from '../output/tabwriter.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { groupResource } from '../resources.ts';
import { type Revision, revisionsOf } from '../rollout/revisions.ts';
import { rolloutStatus } from '../rollout/status.ts';
import { durationOf } from '../wait-until.ts';

const POLL = 100;
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

type Step = (context: KubectlContext, found: Found) => Promise<void>;

/** `kubectl rollout` (kubectl/pkg/cmd/rollout). */
export const rollout: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    revision: { type: 'int', default: 0 },
    'to-revision': { type: 'int', default: 0 },
    watch: { type: 'bool', short: 'w', default: true },
    timeout: { type: 'string', default: '0s' },
  },
  async run(context) {
    const [what = '', ...args] = context.args;
    const step = Object.hasOwn(STEPS, what) ? STEPS[what] : undefined;
    if (step === undefined) throw failure(`unknown command "${what}" for "kubectl rollout"`);
    if (args.length === 0 && context.flags.list('filename').length === 0)
      throw failure('required resource not specified');
    const found = await findObjects(context, await targetsOf(context, args));
    await context.each(found, (each) => step(context, each));
    return context.exitCode;
  },
};

async function status(context: KubectlContext, found: Found): Promise<void> {
  const patience = durationOf('timeout', context.flags.text('timeout'));
  let told = '';
  for (let waited = 0; ; waited += POLL) {
    const { message, done } = rolloutStatus(
      found.resource.kind,
      await context.client.get(found),
      context.flags.number('revision'),
    );
    if (message !== told) context.environment.stdout(message);
    told = message;
    if (done || !context.flags.is('watch')) return;
    if (patience > 0 && waited >= patience) throw failure('timed out waiting for the condition');
    await context.environment.sleep(POLL);
  }
}

async function history(context: KubectlContext, found: Found): Promise<void> {
  const revisions = await revisionsOf(context, found);
  const wanted = context.flags.number('revision');
  if (wanted < 0) throw failure(`revision must be a positive integer: ${wanted}`);
  const info = wanted > 0 ? detail(revisions, wanted) : historyTable(revisions);
  printChanged(context, found.resource, found.object, `${wanted > 0 ? `with revision #${wanted}` : ''}\n${info}`);
}

function historyTable(revisions: readonly Revision[]): string {
  if (revisions.length === 0) return 'No rollout history found.';
  const rows = revisions.map(({ revision, cause }) => `${revision}\t${cause === '' ? '<none>' : cause}`);
  return `${tabbed(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), DESCRIBE_TABS)}\n`;
}

function detail(revisions: readonly Revision[], wanted: number): string {
  const found = revisions.find(({ revision }) => revision === wanted);
  if (found === undefined) throw failure('unable to find the specified revision');
  const causes: Record<string, string> = found.cause === '' ? {} : { 'kubernetes.io/change-cause': found.cause };
  // Its tabs stay as they are: nobody aligns them.
  return `${podTemplateLines(withHash(found.template, found.hash), causes).join('\n')}\n`;
}

function withHash(template: JsonObject, hash: string): JsonObject {
  return hash === '' ? template : withAt(template, ['metadata', 'labels', 'pod-template-hash'], hash);
}

async function undo(context: KubectlContext, found: Found): Promise<void> {
  const { resource, name, object: current } = found;
  const revisions = await revisionsOf(context, found);
  const wanted = context.flags.number('to-revision');
  if (wanted < 0) throw failure(`revision must be a positive integer: ${wanted}`);
  if (at(current, 'spec', 'paused') === true) {
    throw failure(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const target = wanted > 0 ? revisions.find(({ revision }) => revision === wanted) : revisions.at(-2);
  if (target === undefined) {
    throw failure(
      wanted > 0
        ? `unable to find specified revision ${wanted} in history`
        : `no rollout history found for ${resource.kind.toLowerCase()} "${name}"`,
    );
  }
  if (target === revisions.at(-1)) {
    printChanged(
      context,
      resource,
      current,
      `skipped rollback (current template already matches revision ${target.revision})`,
    );
    return;
  }
  if (dryRunOf(context) === 'none') await context.client.patch(found, 'json', rollbackPatch(current, target));
  printChanged(context, resource, current, 'rolled back');
}

/** Annotations of the old ReplicaSet come back, except those that belong to the Deployment (polymorphichelpers rollback.go). */
function rollbackPatch(current: JsonObject, { template, annotations }: Revision): unknown[] {
  const own = object(current, 'metadata', 'annotations');
  const skipped =
    /^(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/|deprecated\.deployment\.rollback\.to)/;
  const kept = Object.entries(own).filter(([key]) => skipped.test(key));
  const old = Object.entries(annotations).filter(([key]) => !skipped.test(key));
  return [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...old]) },
  ];
}

async function restart(context: KubectlContext, found: Found): Promise<void> {
  if (found.resource.kind === 'Deployment' && at(found.object, 'spec', 'paused') === true) {
    throw failure(
      `${groupResource(found.resource)} "${found.name}" can't restart paused deployment (run rollout resume first)`,
    );
  }
  const restartedAt = formatTimestamp(context.environment.now());
  await change(
    context,
    found,
    { spec: { template: { metadata: { annotations: { [RESTARTED_AT]: restartedAt } } } } },
    'restarted',
  );
}

async function pause(context: KubectlContext, found: Found): Promise<void> {
  if (at(found.object, 'spec', 'paused') === true)
    throw failure(`${groupResource(found.resource)} "${found.name}" is already paused`);
  await change(context, found, { spec: { paused: true } }, 'paused');
}

async function resume(context: KubectlContext, found: Found): Promise<void> {
  if (at(found.object, 'spec', 'paused') !== true)
    throw failure(`${groupResource(found.resource)} "${found.name}" is not paused`);
  await change(context, found, { spec: { paused: null } }, 'resumed');
}

async function change(context: KubectlContext, found: Found, patch: JsonObject, verb: string): Promise<void> {
  const isPausing = verb !== 'restarted';
  if (isPausing && found.resource.kind !== 'Deployment') {
    throw failure(
      `${groupResource(found.resource)} "${found.name}" ${verb === 'paused' ? 'pausing' : 'resuming'} is not supported`,
    );
  }
  const changed = await context.client.patch(found, 'strategic', patch, writeQuery(context, 'kubectl-rollout'));
  printChanged(context, found.resource, changed, verb);
}

const STEPS: Readonly<Record<string, Step>> = Object.freeze({ status, history, undo, restart, pause, resume });

import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, objects, strings, text } from '../json.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged } from '../output/changed.ts';
import { type Found, findObjects } from '../resource-args.ts';
import { ServerError } from '../server-error.ts';
import { untilDeadline } from '../wait-until.ts';

const POLL = 100;
const FLAGS = {
  ...CHANGE_FLAGS,
  selector: { type: 'string', short: 'l', default: '' },
  'field-selector': { type: 'string', default: '' },
  'all-namespaces': { type: 'bool', short: 'A' },
} as const;

/** `kubectl cordon`, `uncordon` and `drain` (kubectl/pkg/cmd/drain/drain.go). */
export const cordon: KubectlCommand = schedulable('cordon', true);
export const uncordon: KubectlCommand = schedulable('uncordon', false);
export const drain: KubectlCommand = {
  flags: {
    ...FLAGS,
    force: { type: 'bool' },
    'ignore-daemonsets': { type: 'bool' },
    'delete-emptydir-data': { type: 'bool' },
    'grace-period': { type: 'int', default: -1 },
    timeout: { type: 'string', default: '0s' },
    'disable-eviction': { type: 'bool' },
    'pod-selector': { type: 'string', default: '' },
  },
  async run(context) {
    const nodes = await nodesOf(context, 'drain');
    await context.each(nodes, (node) => setUnschedulable(context, node, true));
    await context.each(nodes, (node) => drainNode(context, node));
    return context.exitCode;
  },
};

function schedulable(command: string, unschedulable: boolean): KubectlCommand {
  return {
    flags: FLAGS,
    async run(context) {
      const nodes = await nodesOf(context, command);
      await context.each(nodes, (node) => setUnschedulable(context, node, unschedulable));
      return context.exitCode;
    },
  };
}

async function nodesOf(context: KubectlContext, command: string): Promise<Found[]> {
  const { args, flags } = context;
  if (args.length === 0 && flags.text('selector') === '') throw usageError(command, `USAGE: ${command} NODE [flags]`);
  const resource = (await context.mapper()).expect('nodes');
  const names = args.length === 0 ? [undefined] : args.map((arg) => arg.replace(/^nodes?\//, ''));
  return findObjects(
    context,
    names.map((name) => ({ resource, namespace: '', name })),
  );
}

async function setUnschedulable(context: KubectlContext, node: Found, unschedulable: boolean): Promise<void> {
  const verb = unschedulable ? 'cordoned' : 'uncordoned';
  if ((at(node.object, 'spec', 'unschedulable') === true) === unschedulable) {
    printChanged(context, node.resource, node.object, `already ${verb}`);
    return;
  }
  if (dryRunOf(context) === 'none') {
    await context.client.patch(node, 'strategic', { spec: { unschedulable: unschedulable ? true : null } });
  }
  printChanged(context, node.resource, node.object, verb);
}

async function drainNode(context: KubectlContext, node: Found): Promise<void> {
  const pods = (await context.mapper()).expect('pods');
  const list = await context.client.get(
    { resource: pods, namespace: '' },
    { fieldSelector: `spec.nodeName=${node.name}`, labelSelector: context.flags.text('pod-selector') },
  );
  const all = objects(list, 'items');
  const { leaving, errors, warnings } = sortOut(context, all);
  if (errors.length > 0) {
    context.err(
      `error: unable to drain node "${node.name}" due to error: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}, continuing command...`,
    );
    context.err(`There are pending nodes to be drained:\n ${node.name}`);
    throw failure(errors.join('\n'));
  }
  if (warnings.length > 0) context.err(`Warning: ${warnings.join('; ')}`);
  for (const pod of leaving)
    context.out(`evicting pod ${text(pod, 'metadata', 'namespace')}/${text(pod, 'metadata', 'name')}`);
  for (const pod of leaving) await evict(context, pod);
  context.out(`node/${node.name} drained`);
}

async function evict(context: KubectlContext, pod: JsonObject): Promise<void> {
  const resource = (await context.mapper()).expect('pods');
  const [namespace, name] = [text(pod, 'metadata', 'namespace'), text(pod, 'metadata', 'name')];
  const grace = context.flags.number('grace-period');
  const body = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    ...(grace >= 0 ? { deleteOptions: { gracePeriodSeconds: grace } } : {}),
  };
  const uid = text(pod, 'metadata', 'uid');
  const gone = await untilDeadline(context, context.flags.text('timeout'), POLL, async () => {
    try {
      await context.client.create({ resource, namespace, name, subresource: 'eviction' }, body);
      return true;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (error.reason === 'NotFound') return true;
      if (error.code !== 429) throw error;
      context.err(`error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${error.message}`);
      await context.environment.sleep(5000);
      return false;
    }
  });
  if (!gone)
    throw failure(
      `error when evicting pods/"${name}" -n "${namespace}": global timeout reached: ${context.flags.text('timeout')}`,
    );
  await untilDeadline(context, context.flags.text('timeout'), POLL, async () => {
    try {
      return text(await context.client.get({ resource, namespace, name }), 'metadata', 'uid') !== uid;
    } catch (error) {
      if (error instanceof ServerError && error.reason === 'NotFound') return true;
      throw error;
    }
  });
  context.out(`pod/${name} evicted`);
}

/** Which pods leave, and what stands against it (kubectl/pkg/drain/filters.go). */
function sortOut({ flags }: KubectlContext, pods: readonly JsonObject[]) {
  const leaving: JsonObject[] = [];
  const found = { daemon: [] as string[], alone: [] as string[], local: [] as string[] };
  for (const pod of pods) {
    const name = `${text(pod, 'metadata', 'namespace')}/${text(pod, 'metadata', 'name')}`;
    const owner = objects(pod, 'metadata', 'ownerReferences').find((each) => each['controller'] === true);
    if (strings(pod, 'metadata', 'annotations')['kubernetes.io/config.mirror'] !== undefined) continue;
    if (text(owner, 'kind') === 'DaemonSet') {
      found.daemon.push(name);
      continue;
    }
    const isOver = /^(Succeeded|Failed)$/.test(text(pod, 'status', 'phase'));
    if (owner === undefined && !isOver) found.alone.push(name);
    if (!isOver && objects(pod, 'spec', 'volumes').some((volume) => volume['emptyDir'] !== undefined))
      found.local.push(name);
    leaving.push(pod);
  }
  const errors: string[] = [];
  const warnings: string[] = [];
  if (found.daemon.length > 0) {
    if (flags.is('ignore-daemonsets')) warnings.push(`ignoring DaemonSet-managed Pods: ${found.daemon.join(', ')}`);
    else
      errors.push(
        `cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${found.daemon.join(', ')}`,
      );
  }
  if (found.local.length > 0 && !flags.is('delete-emptydir-data')) {
    errors.push(
      `cannot delete Pods with local storage (use --delete-emptydir-data to override): ${found.local.join(', ')}`,
    );
  }
  if (found.alone.length > 0) {
    if (flags.is('force')) warnings.push(`deleting Pods that declare no controller: ${found.alone.join(', ')}`);
    else
      errors.push(`cannot delete Pods that declare no controller (use --force to override): ${found.alone.join(', ')}`);
  }
  return { leaving, errors, warnings };
}

import type { ControllerRevision } from '../../api/apps-v1/controller-revision.ts';
import { type DaemonSet, daemonSets } from '../../api/apps-v1/daemon-set.ts';
import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { isEmptySelector, matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { claim } from '../controller-ref-manager.ts';
import { revisionsOf, truncateHistory } from '../history/history.ts';
import { OrphanPods } from '../orphan-pods.ts';
import { isNamespaceTerminating } from '../pod-control.ts';
import { isPodReady, readySince } from '../pod-util.ts';
import { type DaemonSync, HASH_LABEL } from './daemon-sync.ts';
import { FailedPodBackOff } from './failed-pod-back-off.ts';
import { carryOut, planForNodes } from './manage.ts';
import { targetNode } from './node-pods.ts';
import { currentRevision, hashOf } from './revisions.ts';
import { planUpdate } from './rolling-update.ts';
import { calculateStatus } from './status.ts';

/** What the controller remembers between reconciles. */
interface Memory {
  readonly orphans: OrphanPods;
  readonly backOff: FailedPodBackOff;
}

/** Keeps one pod on every node that suits (pkg/controller/daemon/daemon_controller.go). */
export function daemonSetController(): Controller {
  const memory = { orphans: new OrphanPods(), backOff: new FailedPodBackOff() };
  return {
    name: 'daemonset',
    component: 'daemonset-controller',
    for: daemonSets,
    owns: [pods],
    watches: [
      watching(nodes, (_node, context) => context.client.list(daemonSets).map(keyFor), { onlyAfter: true }),
      watching(pods, daemonSetsForOrphan, { onlyAfter: true }),
    ],
    reconcile: (key, context) => reconcile(key, context, memory),
  };
}

function reconcile({ namespace, name }: NamespacedName, context: Context, memory: Memory): Result | undefined {
  const { client, events } = context;
  const stored = client.get(daemonSets, namespace, name);
  if (stored === undefined || stored.metadata.deletionTimestamp !== undefined) return undefined;
  if (isEmptySelector(stored.spec.selector)) {
    const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
    events.event(stored, 'Warning', 'SelectingAll', message);
    return undefined;
  }
  claimPods(stored, context, memory);
  const revisions = revisionsOf(stored, client);
  const { daemonSet, revision } = currentRevision(stored, revisions, client);
  const waits: number[] = [];
  try {
    act(observe(daemonSet, hashOf(revision), context), memory, waits);
  } finally {
    const after = observe(daemonSet, hashOf(revision), context);
    writeStatus(after);
    cleanUp(
      after,
      revisions.filter(({ metadata }) => metadata.uid !== revision.metadata.uid),
    );
    waits.push(...untilAvailable(after));
  }
  return waits.length === 0 ? undefined : { requeueAfter: Math.min(...waits) };
}

function claimPods(daemonSet: DaemonSet, { client }: Context, { orphans }: Memory): void {
  claim(
    daemonSet,
    {
      kind: pods,
      owned: client.listControlledBy(pods, daemonSet),
      orphans: orphans.in(daemonSet.metadata.namespace ?? '', client),
      matches: ({ metadata }: Pod) => matchesSelector(daemonSet.spec.selector, metadata.labels),
    },
    client,
  );
}

function observe(daemonSet: DaemonSet, hash: string, context: Context): DaemonSync {
  const podsByNode = new Map<string, Pod[]>();
  for (const pod of context.client.listControlledBy(pods, daemonSet)) {
    const node = targetNode(pod);
    if (node === undefined) continue;
    const there = podsByNode.get(node);
    if (there === undefined) podsByNode.set(node, [pod]);
    else there.push(pod);
  }
  return { context, daemonSet, hash, nodes: context.client.list(nodes), podsByNode, now: context.clock.now() };
}

/** First every node gets what it needs; an update goes on where nothing else is to be done. @param waits milliseconds to come back after */
function act(sync: DaemonSync, { backOff }: Memory, waits: number[]): void {
  const { daemonSet, now } = sync;
  const mayKill = (node: string) => {
    const wait = backOff.wait(`${daemonSet.metadata.uid}/${node}`, now);
    if (wait > 0) waits.push(wait);
    return wait === 0;
  };
  try {
    const plan = planForNodes(sync, mayKill);
    const isQuiet = plan.deletions.length + plan.nodes.length === 0;
    const rolls = isQuiet && daemonSet.spec.updateStrategy?.type !== 'OnDelete';
    carryOut(sync, rolls ? planUpdate(sync) : plan);
  } catch (error) {
    if (!isNamespaceTerminating(error)) throw error;
  }
}

function writeStatus(sync: DaemonSync): void {
  const { daemonSet, context } = sync;
  const status = calculateStatus(sync);
  if (!deepEqual(status, daemonSet.status)) context.client.updateStatus(daemonSets, { ...daemonSet, status });
}

/** Old revisions beyond the limit go, but for those that pods are still of (cleanupHistory). */
function cleanUp({ daemonSet, podsByNode, context }: DaemonSync, old: readonly ControllerRevision[]): void {
  const limit = daemonSet.spec.revisionHistoryLimit ?? 10;
  if (old.length <= limit) return;
  const hashes = new Set([...podsByNode.values()].flat().map(({ metadata }) => metadata.labels?.[HASH_LABEL]));
  const isInUse = (revision: ControllerRevision) => hashes.has(hashOf(revision));
  truncateHistory(old, isInUse, Math.max(0, limit - old.filter(isInUse).length), context.client);
}

/** With minReadySeconds a ready pod becomes available without any event. */
function untilAvailable({ daemonSet, podsByNode, now }: DaemonSync): number[] {
  const wait = (daemonSet.spec.minReadySeconds ?? 0) * 1000;
  if (wait === 0) return [];
  return [...podsByNode.values()]
    .flat()
    .filter(isPodReady)
    .map((pod) => readySince(pod) + wait - now)
    .filter((in_) => in_ > 0);
}

/** A pod without a controller may be adopted by any DaemonSet that selects it. */
function daemonSetsForOrphan(pod: Pod, { client }: Context): NamespacedName[] {
  if (controllerOf(pod) !== undefined) return [];
  const { namespace = '', labels } = pod.metadata;
  return client
    .list(daemonSets, namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, labels))
    .map(keyFor);
}

function keyFor({ metadata }: DaemonSet): NamespacedName {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

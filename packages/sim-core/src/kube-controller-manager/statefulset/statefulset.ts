import { type StatefulSet, statefulSets } from '../../api/apps-v1/stateful-set.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { claim } from '../controller-ref-manager.ts';
import { revisionsOf, truncateHistory } from '../history/history.ts';
import { OrphanPods } from '../orphan-pods.ts';
import { isPodReady, readySince } from '../pod-util.ts';
import { controlPods } from './control.ts';
import { ordinalOf, revisionOf } from './identity.ts';
import { revisionsFor } from './revisions.ts';
import type { StatefulSync } from './stateful-sync.ts';
import { calculateStatus } from './status.ts';

/** Keeps pods that each have a name, an ordinal and storage of their own (pkg/controller/statefulset). */
export function statefulSetController(): Controller {
  const orphans = new OrphanPods();
  return {
    name: 'statefulset',
    component: 'statefulset-controller',
    for: statefulSets,
    owns: [pods],
    watches: [watching(pods, statefulSetsForOrphan, { onlyAfter: true })],
    reconcile: (key, context) => reconcile(key, context, orphans),
  };
}

function reconcile({ namespace, name }: NamespacedName, context: Context, orphans: OrphanPods): Result | undefined {
  const { client } = context;
  const set = client.get(statefulSets, namespace, name);
  if (set === undefined) return undefined;
  const revisions = revisionsOf(set, client);
  const owned = claimPods(set, client, orphans);
  const sync: StatefulSync = { context, set, ...revisionsFor(set, revisions, client), now: context.clock.now() };
  try {
    if (set.metadata.deletionTimestamp === undefined) controlPods(sync, owned);
  } finally {
    const left = client.listControlledBy(pods, set);
    const status = calculateStatus(sync, left);
    if (!deepEqual(status, set.status)) client.updateStatus(statefulSets, { ...set, status });
    const inUse = new Set([sync.current.metadata.name, sync.update.metadata.name, ...left.map(revisionOf)]);
    truncateHistory(revisions, ({ metadata }) => inUse.has(metadata.name), set.spec.revisionHistoryLimit ?? 10, client);
  }
  return whenAvailable(sync);
}

function claimPods(set: StatefulSet, client: Client, orphans: OrphanPods): Pod[] {
  return claim(
    set,
    {
      kind: pods,
      owned: client.listControlledBy(pods, set),
      orphans: orphans.in(set.metadata.namespace ?? '', client),
      matches: (pod: Pod) =>
        ordinalOf(pod, set) !== undefined && matchesSelector(set.spec.selector, pod.metadata.labels),
    },
    client,
  );
}

/** With minReadySeconds a ready pod becomes available without any event: come back for the first of them. */
function whenAvailable({ set, context, now }: StatefulSync): Result | undefined {
  const wait = (set.spec.minReadySeconds ?? 0) * 1000;
  if (wait === 0) return undefined;
  const moments = context.client
    .listControlledBy(pods, set)
    .filter(isPodReady)
    .map((pod) => readySince(pod) + wait - now)
    .filter((in_) => in_ > 0);
  return moments.length === 0 ? undefined : { requeueAfter: Math.min(...moments) };
}

/** A pod without a controller may be adopted by the set whose name it bears. */
function statefulSetsForOrphan(pod: Pod, { client }: Context): NamespacedName[] {
  if (controllerOf(pod) !== undefined) return [];
  const { namespace = '', labels } = pod.metadata;
  const owner = /^(.*)-\d+$/.exec(pod.metadata.name)?.[1];
  const set = owner === undefined ? undefined : client.get(statefulSets, namespace, owner);
  return set !== undefined && matchesSelector(set.spec.selector, labels)
    ? [{ namespace, name: set.metadata.name }]
    : [];
}

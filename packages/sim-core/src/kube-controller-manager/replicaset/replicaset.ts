import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type ReplicationController, replicationControllers } from '../../api/core-v1/replication-controller.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { type LabelSelector, matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerOf, type NamespacedName } from '../../apimachinery/object-meta.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Client } from '../../client/client.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { claim } from '../controller-ref-manager.ts';
import { OrphanPods } from '../orphan-pods.ts';
import { createPod, deletePod, isNamespaceTerminating } from '../pod-control.ts';
import { podsToDelete } from '../pod-deletion-order.ts';
import { isPodActive, isPodReady, readySince } from '../pod-util.ts';
import { calculateStatus } from './status.ts';

/** A ReplicaSet or what is one but for its name and the form of its selector. */
type Replicated = ReplicaSet | ReplicationController;

/** What the controller is told of the kind that it works for. */
interface ReplicatedKind<T extends Replicated> {
  readonly name: string;
  readonly component: string;
  readonly kind: Kind<T>;
  selectorOf(object: T): LabelSelector;
}

/** A controller of one of these kinds, with the pods that nobody owns. */
interface Replicating<T extends Replicated> extends ReplicatedKind<T> {
  readonly orphans: OrphanPods;
}

/** Keeps as many pods as a ReplicaSet asks for (pkg/controller/replicaset/replica_set.go). */
export function replicaSetController(): Controller {
  return replicatedController<ReplicaSet>({
    name: 'replicaset',
    component: 'replicaset-controller',
    kind: replicaSets,
    selectorOf: ({ spec }) => spec.selector,
  });
}

/** The same for ReplicationControllers (pkg/controller/replication/replication_controller.go). */
export function replicationController(): Controller {
  return replicatedController<ReplicationController>({
    name: 'replicationcontroller',
    component: 'replication-controller',
    kind: replicationControllers,
    selectorOf: ({ spec }) => ({ matchLabels: spec.selector ?? {} }),
  });
}

function replicatedController<T extends Replicated>(kind: ReplicatedKind<T>): Controller {
  const replicating = { ...kind, orphans: new OrphanPods() };
  return {
    name: kind.name,
    component: kind.component,
    for: kind.kind,
    owns: [pods],
    watches: [watching(pods, (pod, context) => ownersForOrphan(pod, kind, context), { onlyAfter: true })],
    reconcile: (key, context) => reconcile(key, context, replicating),
  };
}

function reconcile<T extends Replicated>(
  { namespace, name }: NamespacedName,
  context: Context,
  replicating: Replicating<T>,
): Result | undefined {
  const { kind } = replicating;
  const replicaSet = context.client.get(kind, namespace, name);
  if (replicaSet === undefined) return undefined;
  const active = claimPods(replicaSet, context.client, replicating);
  const failure =
    replicaSet.metadata.deletionTimestamp === undefined ? manageReplicas(replicaSet, active, context) : undefined;
  const left = failure?.left ?? active;
  const status = calculateStatus(replicaSet, left, failure?.error?.message, context.clock.now());
  if (!deepEqual(status, replicaSet.status)) context.client.updateStatus(kind, { ...replicaSet, status });
  if (failure?.error !== undefined) throw failure.error;
  return whenAvailable(replicaSet, left, context.clock.now());
}

function claimPods<T extends Replicated>(
  replicaSet: T,
  client: Client,
  { orphans, selectorOf }: Replicating<T>,
): Pod[] {
  const selector = selectorOf(replicaSet);
  return claim(
    replicaSet,
    {
      kind: pods,
      owned: client.listControlledBy(pods, replicaSet).filter(isPodActive),
      orphans: orphans.in(replicaSet.metadata.namespace ?? '', client).filter(isPodActive),
      matches: ({ metadata }: Pod) => matchesSelector(selector, metadata.labels),
    },
    client,
  );
}

/** Pods that are there afterwards, and what went wrong. */
interface Managed {
  readonly left: readonly Pod[];
  readonly error?: StatusError;
}

/** Creates what is missing and deletes what is too much (manageReplicas). After a failure the rest waits for the retry. */
function manageReplicas(replicaSet: Replicated, active: readonly Pod[], context: Context): Managed {
  const difference = (replicaSet.spec.replicas ?? 1) - active.length;
  if (difference === 0) return { left: active };
  const left = new Set(active);
  try {
    for (let i = 0; i < difference; i++) left.add(createPod(replicaSet.spec.template, replicaSet, context));
    for (const pod of difference < 0 ? chooseVictims(replicaSet, active, -difference, context) : []) {
      deletePod(pod, replicaSet, context);
      left.delete(pod);
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return isNamespaceTerminating(error) ? { left: [...left] } : { left: [...left], error };
  }
  return { left: [...left] };
}

function chooseVictims(
  replicaSet: Replicated,
  active: readonly Pod[],
  count: number,
  { client, clock }: Context,
): Pod[] {
  if (count >= active.length) return [...active];
  return podsToDelete(active, count, neighboursByNode(replicaSet, client), clock.now());
}

/** How many active pods of the same Deployment run on each node (getPodsRankedByRelatedPodsOnSameNode). */
function neighboursByNode(replicaSet: Replicated, client: Client): Map<string, number> {
  const controller = controllerOf(replicaSet)?.uid;
  const siblings: Replicated[] = client
    .list(replicaSets, replicaSet.metadata.namespace ?? '')
    .filter((each) => each !== replicaSet && controller !== undefined && controllerOf(each)?.uid === controller);
  siblings.push(replicaSet);
  const byNode = new Map<string, number>();
  for (const pod of siblings.flatMap((each) => client.listControlledBy(pods, each)).filter(isPodActive)) {
    const node = pod.spec.nodeName ?? '';
    byNode.set(node, (byNode.get(node) ?? 0) + 1);
  }
  return byNode;
}

/** With minReadySeconds a ready pod becomes available without any event: come back for the first of them. */
function whenAvailable({ spec }: Replicated, active: readonly Pod[], now: number): Result | undefined {
  const wait = (spec.minReadySeconds ?? 0) * 1000;
  if (wait === 0) return undefined;
  const moments = active
    .filter(isPodReady)
    .map((pod) => readySince(pod) + wait - now)
    .filter((in_) => in_ > 0);
  return moments.length === 0 ? undefined : { requeueAfter: Math.min(...moments) };
}

/** A pod without a controller may be adopted by any of them that selects it. */
function ownersForOrphan<T extends Replicated>(
  pod: Pod,
  { kind, selectorOf }: ReplicatedKind<T>,
  { client }: Context,
): NamespacedName[] {
  if (controllerOf(pod) !== undefined) return [];
  const { namespace = '', labels } = pod.metadata;
  const selecting = client.list(kind, namespace).filter((object) => matchesSelector(selectorOf(object), labels));
  return selecting.map(({ metadata }) => ({ namespace, name: metadata.name }));
}

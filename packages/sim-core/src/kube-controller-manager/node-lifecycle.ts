import { type Node, nodes, type Taint } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Condition, findCondition, withCondition } from '../apimachinery/condition.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Context, Controller } from '../controller-runtime/controller.ts';
import { formatTime } from '../sim/clock.ts';
import { isPodReady } from './pod-util.ts';

const PREFIX = 'node.kubernetes.io/';

/** The taint that a condition stands for, by its status (nodeConditionToTaintKeyStatusMap). */
const TAINT_FOR: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.freeze({
  Ready: { False: 'not-ready', Unknown: 'unreachable' },
  MemoryPressure: { True: 'memory-pressure' },
  DiskPressure: { True: 'disk-pressure' },
  NetworkUnavailable: { True: 'network-unavailable' },
  PIDPressure: { True: 'pid-pressure' },
});

const OURS: ReadonlySet<string> = new Set(
  [...Object.values(TAINT_FOR).flatMap((byStatus) => Object.values(byStatus)), 'unschedulable'].map(
    (name) => PREFIX + name,
  ),
);

/**
 * Turns a node's conditions into taints, and says of the pods on a node that is not ready that they are not ready either
 * (pkg/controller/nodelifecycle). Heartbeats are not modelled: whoever stops a node sets its condition.
 */
export function nodeLifecycleController(): Controller {
  // When a node's pods were last marked, as the transition that caused it: once a transition, as upstream.
  const marked = new Map<string, string>();
  return {
    name: 'node-lifecycle',
    component: 'node-controller',
    for: nodes,
    reconcile: (key, context) => reconcile(key, context, marked),
  };
}

function reconcile({ name }: NamespacedName, context: Context, marked: Map<string, string>): void {
  const node = context.client.get(nodes, '', name);
  const ready = findCondition(node?.status?.conditions, 'Ready');
  if (node === undefined || ready === undefined || ready.status === 'True') marked.delete(name);
  if (node === undefined) return;
  setTaints(node, context);
  if (ready === undefined || ready.status === 'True') return;
  const transition = `${node.metadata.uid} ${ready.lastTransitionTime}`;
  if (marked.get(name) === transition) return;
  marked.set(name, transition);
  context.events.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
  for (const pod of context.client.list(pods))
    if (pod.spec.nodeName === name && isPodReady(pod)) markNotReady(pod, context);
}

function setTaints(node: Node, { client, clock }: Context): void {
  const old = node.spec?.taints ?? [];
  const taints = [...old.filter(({ key }) => !OURS.has(key)), ...wantedTaints(node, old, formatTime(clock.now()))];
  if (!deepEqual(taints, old)) client.update(nodes, { ...node, spec: { ...node.spec, taints } });
}

/** NoSchedule for each condition, NoExecute for a node that is not ready; one that stands keeps its time. */
function wantedTaints({ spec, status }: Node, old: readonly Taint[], now: string): Taint[] {
  const wanted: Taint[] = [];
  const add = (name: string, effect: string) => {
    const key = PREFIX + name;
    wanted.push(old.find((taint) => taint.key === key && taint.effect === effect) ?? { key, effect, timeAdded: now });
  };
  if (spec?.unschedulable === true) add('unschedulable', 'NoSchedule');
  for (const { type, status: value } of status?.conditions ?? []) {
    const name = TAINT_FOR[type]?.[value];
    if (name === undefined) continue;
    add(name, 'NoSchedule');
    if (type === 'Ready') add(name, 'NoExecute');
  }
  return wanted;
}

/** pkg/util/node/node.go, MarkPodsNotReady */
function markNotReady(pod: Pod, { client, clock, events }: Context): void {
  const ready = findCondition(pod.status?.conditions, 'Ready') as Condition;
  const conditions = withCondition(pod.status?.conditions, { ...ready, status: 'False' }, formatTime(clock.now()));
  client.updateStatus(pods, { ...pod, status: { ...pod.status, conditions } });
  events.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
}

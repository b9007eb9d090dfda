import { type Node, nodes, type Taint } from '../api/core-v1/node.ts';
import { type Pod, pods, type Toleration } from '../api/core-v1/pod.ts';
import { toleratesTaint } from '../api/core-v1/toleration.ts';
import { withCondition } from '../apimachinery/condition.ts';
import { keyOf, type NamespacedName } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../controller-runtime/controller.ts';
import { formatTime, parseTime } from '../sim/clock.ts';

/** Evicts pods from nodes with NoExecute taints that they do not tolerate, or no longer (pkg/controller/tainteviction). */
export function taintEvictionController(): Controller {
  // When a taint without timeAdded was first seen, by node and taint, in milliseconds.
  const firstSeen = new Map<string, number>();
  return {
    name: 'taint-eviction',
    component: 'taint-eviction-controller',
    for: nodes,
    watches: [watching(pods, taintedNodeOf, { onlyAfter: true })],
    reconcile: (key, context) => reconcile(key, context, firstSeen),
  };
}

function reconcile({ name }: NamespacedName, context: Context, firstSeen: Map<string, number>): Result | undefined {
  const node = context.client.get(nodes, '', name);
  const taints = node === undefined ? [] : executing(node);
  const now = context.clock.now();
  const since = rememberTaints(name, taints, now, firstSeen);
  if (taints.length === 0) return undefined;
  let next = Number.POSITIVE_INFINITY;
  for (const pod of context.client.list(pods)) {
    if (pod.spec.nodeName !== name || pod.metadata.deletionTimestamp !== undefined) continue;
    const due = evictionTime(pod.spec.tolerations ?? [], taints, since);
    if (due <= now) evict(pod, context);
    else next = Math.min(next, due - now);
  }
  return Number.isFinite(next) ? { requeueAfter: next } : undefined;
}

/** When a pod with these tolerations has to go: at once, later, or never (GetMatchingTolerations, getMinTolerationTime). */
function evictionTime(
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
  since: ReadonlyMap<Taint, number>,
): number {
  let due = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const matching = tolerations.filter((toleration) => toleratesTaint(toleration, taint));
    if (matching.length === 0) return Number.NEGATIVE_INFINITY;
    for (const { tolerationSeconds } of matching) {
      if (tolerationSeconds !== undefined)
        due = Math.min(due, (since.get(taint) as number) + Math.max(0, tolerationSeconds) * 1000);
    }
  }
  return due;
}

function executing({ spec }: Node): Taint[] {
  return (spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}

function rememberTaints(
  node: string,
  taints: readonly Taint[],
  now: number,
  firstSeen: Map<string, number>,
): Map<Taint, number> {
  const keys = new Map(taints.map((taint) => [`${node} ${taint.key}=${taint.value ?? ''}`, taint]));
  for (const key of firstSeen.keys()) if (key.startsWith(`${node} `) && !keys.has(key)) firstSeen.delete(key);
  const since = new Map<Taint, number>();
  for (const [key, taint] of keys) {
    const seen = firstSeen.get(key) ?? (taint.timeAdded === undefined ? now : parseTime(taint.timeAdded));
    firstSeen.set(key, seen);
    since.set(taint, seen);
  }
  return since;
}

function evict(pod: Pod, { client, clock, events }: Context): void {
  const { namespace = '', name } = pod.metadata;
  events.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${keyOf(namespace, name)}`);
  const disrupted = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  } as const;
  const conditions = withCondition(pod.status?.conditions, disrupted, formatTime(clock.now()));
  client.updateStatus(pods, { ...pod, status: { ...pod.status, conditions } });
  client.delete(pods, namespace, name);
}

function taintedNodeOf({ spec }: Pod, { client }: Context): NamespacedName[] {
  if (!spec.nodeName) return [];
  const node = client.get(nodes, '', spec.nodeName);
  return node !== undefined && executing(node).length > 0 ? [{ namespace: '', name: spec.nodeName }] : [];
}

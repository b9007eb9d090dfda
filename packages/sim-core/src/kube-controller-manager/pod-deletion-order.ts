import type { Pod } from '../api/core-v1/pod.ts';
import { parseTime } from '../sim/clock.ts';
import { isPodReady, readySince } from './pod-util.ts';

/** Annotation by which a user says what losing a pod costs; the cheapest go first. */
const POD_DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

const PHASES: Readonly<Record<string, number>> = Object.freeze({ Pending: 0, Unknown: 1, Running: 2 });

/** What the order looks at, read once a pod. */
interface Ranked {
  readonly pod: Pod;
  /** Compared one after the other; the lower goes first. */
  readonly ranks: readonly number[];
}

/**
 * The `count` pods that a ReplicaSet can best do without (controller.ActivePodsWithRanks): unassigned, then pending, not
 * ready, cheap, doubled up on a node, ready for the shortest time, restarted most, newest. Ages count in powers of two,
 * so that pods of about the same age are told apart by uid and not all taken from the newest.
 * @param neighbours pods of the same Deployment by node name
 */
export function podsToDelete(
  active: readonly Pod[],
  count: number,
  neighbours: ReadonlyMap<string, number>,
  now: number,
): Pod[] {
  if (count >= active.length) return [...active];
  const ranked = active.map((pod) => rank(pod, neighbours, now));
  return ranked
    .sort(compare)
    .slice(0, count)
    .map(({ pod }) => pod);
}

function rank(pod: Pod, neighbours: ReadonlyMap<string, number>, now: number): Ranked {
  const { nodeName } = pod.spec;
  const ready = isPodReady(pod);
  const ranks = [
    nodeName ? 1 : 0,
    PHASES[pod.status?.phase ?? ''] ?? 0,
    ready ? 1 : 0,
    Number.parseInt(pod.metadata.annotations?.[POD_DELETION_COST] ?? '0', 10) || 0,
    -(neighbours.get(nodeName ?? '') ?? 0),
    ready ? magnitude(now - readySince(pod)) : 0,
    -restarts(pod),
    magnitude(now - parseTime(pod.metadata.creationTimestamp)),
  ];
  return { pod, ranks };
}

function compare(a: Ranked, b: Ranked): number {
  for (let i = 0; i < a.ranks.length; i++) {
    const difference = (a.ranks[i] as number) - (b.ranks[i] as number);
    if (difference !== 0) return difference;
  }
  const [first = '', second = ''] = [a.pod.metadata.uid, b.pod.metadata.uid];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Age as a power of two of nanoseconds; -1 for none (logarithmicRankDiff). */
function magnitude(milliseconds: number): number {
  return milliseconds > 0 ? Math.floor(Math.log2(milliseconds * 1e6)) : -1;
}

function restarts({ status }: Pod): number {
  return (status?.containerStatuses ?? []).reduce((most, { restartCount }) => Math.max(most, restartCount), 0);
}

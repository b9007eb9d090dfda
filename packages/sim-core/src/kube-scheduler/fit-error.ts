import type { Rejection } from './plugins/filter.ts';

/** What is said where there is no node at all (scheduler.ErrNoNodesAvailable). */
const NO_NODES = 'no nodes available to schedule pods';

/** Why a pod fits nowhere, as event and condition say it (pkg/scheduler/framework/types.go, FitError). */
export function fitError(rejections: readonly Rejection[]): string {
  const count = rejections.length;
  if (count === 0) return NO_NODES;
  const reasons = histogram(rejections.flatMap(({ reasons: each }) => each));
  const preemption = histogram(
    rejections.map(({ unresolvable }) =>
      unresolvable ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod',
    ),
  );
  return `0/${count} nodes are available: ${reasons}. preemption: 0/${count} nodes are available: ${preemption}.`;
}

/** Why a pod fits nowhere before any node is looked at; @param nodes how many there are */
export function preFilterError(nodes: number, message: string): string {
  if (nodes === 0) return NO_NODES;
  const preemption = `${nodes} Preemption is not helpful for scheduling`;
  return `0/${nodes} nodes are available: ${message}. preemption: 0/${nodes} nodes are available: ${preemption}.`;
}

/** `2 Insufficient cpu, 1 Too many pods`, sorted as text. */
function histogram(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .map(([word, count]) => `${count} ${word}`)
    .sort()
    .join(', ');
}

import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { formatTime } from '../sim/clock.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import type { DeleteOptions } from './registry.ts';

/**
 * The object as a delete leaves it, or undefined when it can go at once (rest.BeforeDelete and
 * registry/core/pod/strategy.go CheckGracefulDelete): pods on a node get their grace period, finalizers hold anything.
 */
export function withDeletion<T extends KubeObject>(kind: Kind<T>, old: T, options: DeleteOptions, now: number): T | undefined {
  const finalizers = finalizersFor(kind, old, options);
  const grace = gracePeriod(kind, old, options);
  if (finalizers.length === 0 && grace === 0) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds } = old.metadata;
  const shorter = deletionTimestamp === undefined || grace < (deletionGracePeriodSeconds ?? 0);
  const metadata = { ...old.metadata };
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  if (shorter) {
    metadata.deletionTimestamp = formatTime(now + grace * 1000);
    metadata.deletionGracePeriodSeconds = grace;
    if (metadata.generation !== undefined) metadata.generation += 1;
  }
  return { ...old, metadata };
}

/** Foreground and Orphan deletion are finalizers that the garbage collector takes off. */
function finalizersFor(kind: Kind, old: KubeObject, options: DeleteOptions): string[] {
  const kept = [...(old.metadata.finalizers ?? [])];
  const wanted = { Foreground: 'foregroundDeletion', Orphan: 'orphan', Background: undefined }[options.propagationPolicy ?? 'Background'];
  if (wanted !== undefined && !kept.includes(wanted)) kept.push(wanted);
  if (kind.kind === 'Namespace' && !kept.includes('kubernetes')) {
    const spec = (old as KubeObject & { spec?: { finalizers?: string[] } }).spec;
    if ((spec?.finalizers ?? []).length > 0) kept.push('kubernetes');
  }
  return kept;
}

function gracePeriod(kind: Kind, old: KubeObject, options: DeleteOptions): number {
  if (kind.kind !== 'Pod') return 0;
  const { spec, status } = old as Pod;
  if (!spec.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  return Math.max(0, options.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30);
}

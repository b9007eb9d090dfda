/** status.conditions[] in the shape that all kinds share. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  observedGeneration?: number;
}

/** The condition of that type, if it was set. */
export function findCondition(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  // A plain loop: this is asked of every pod at every change.
  if (conditions !== undefined) for (const condition of conditions) if (condition.type === type) return condition;
  return undefined;
}

/** Whether the condition of that type stands at "True". */
export function isConditionTrue(conditions: readonly Condition[] | undefined, type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/**
 * The list with `next` in place of the condition of its type. lastTransitionTime moves only when the status changes
 * (meta.SetStatusCondition).
 */
export function withCondition(conditions: readonly Condition[] | undefined, next: Condition, now: string): Condition[] {
  const old = findCondition(conditions, next.type);
  const lastTransitionTime = old?.status === next.status ? (old.lastTransitionTime ?? now) : now;
  const condition = { ...next, lastTransitionTime };
  if (old === undefined) return [...(conditions ?? []), condition];
  return (conditions ?? []).map((each) => (each.type === next.type ? condition : each));
}

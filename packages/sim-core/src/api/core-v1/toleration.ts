import type { Taint } from './node.ts';
import type { Toleration } from './pod.ts';

/** Whether the toleration covers the taint; an empty key or effect covers all (k8s.io/api/core/v1/toleration.go, ToleratesTaint). */
export function toleratesTaint(
  { key = '', operator = 'Equal', value = '', effect = '' }: Toleration,
  taint: Taint,
): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === 'Exists' || (operator === 'Equal' && value === (taint.value ?? ''));
}

import type { StatefulSet } from '../stateful-set.ts';

/**
 * Feature gates that v1.33 leaves off take their fields away: MaxUnavailableStatefulSet is alpha
 * (pkg/registry/apps/statefulset/strategy.go, dropStatefulSetDisabledFields).
 */
export function dropMaxUnavailable({ spec }: StatefulSet): void {
  const { rollingUpdate } = spec.updateStrategy ?? {};
  if (rollingUpdate?.maxUnavailable === undefined) return;
  const { maxUnavailable: _dropped, ...kept } = rollingUpdate;
  spec.updateStrategy = { ...spec.updateStrategy, rollingUpdate: kept };
}

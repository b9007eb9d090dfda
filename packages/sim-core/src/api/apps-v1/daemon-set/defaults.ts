import { setPodTemplateDefaults } from '../../core-v1/pod/defaults.ts';
import type { DaemonSet, DaemonSetSpec } from '../daemon-set.ts';

/** pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet */
export function setDaemonSetDefaults({ spec }: DaemonSet): void {
  spec.template ??= { spec: { containers: [] } };
  setPodTemplateDefaults(spec.template);
  spec.updateStrategy = withStrategyDefaults(spec.updateStrategy);
  spec.revisionHistoryLimit ??= 10;
}

function withStrategyDefaults({
  type,
  rollingUpdate,
}: DaemonSetSpec['updateStrategy'] = {}): NonNullable<DaemonSetSpec['updateStrategy']> {
  if (type && type !== 'RollingUpdate') return rollingUpdate === undefined ? { type } : { type, rollingUpdate };
  const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate ?? {};
  return { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } };
}

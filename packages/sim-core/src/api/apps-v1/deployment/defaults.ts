import { setPodTemplateDefaults } from '../../core-v1/pod/defaults.ts';
import type { Deployment, DeploymentSpec } from '../deployment.ts';

/** pkg/apis/apps/v1/defaults.go SetDefaults_Deployment */
export function setDeploymentDefaults({ spec }: Deployment): void {
  spec.template ??= { spec: { containers: [] } };
  setPodTemplateDefaults(spec.template);
  spec.replicas ??= 1;
  spec.strategy = withStrategyDefaults(spec.strategy);
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
}

function withStrategyDefaults({ type, rollingUpdate }: DeploymentSpec['strategy'] = {}): DeploymentSpec['strategy'] {
  if (type && type !== 'RollingUpdate') return rollingUpdate === undefined ? { type } : { type, rollingUpdate };
  const { maxUnavailable = '25%', maxSurge = '25%' } = rollingUpdate ?? {};
  return { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } };
}

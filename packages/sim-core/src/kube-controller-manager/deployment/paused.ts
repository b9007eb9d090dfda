import { progressingOf, statusWith } from './conditions.ts';
import { hasProgressDeadline } from './progress.ts';
import { type Rollout, writeStatus } from './rollout.ts';

/** Says when a Deployment is paused or resumed, so that the time in between counts as no lack of progress (checkPausedConditions). */
export function checkPaused(rollout: Rollout): void {
  const { deployment } = rollout;
  const reason = progressingOf(rollout)?.reason;
  if (!hasProgressDeadline(deployment) || reason === 'ProgressDeadlineExceeded') return;
  const paused = deployment.spec.paused === true;
  if (paused === (reason === 'DeploymentPaused')) return;
  const [said, message] = paused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed'];
  writeStatus(
    rollout,
    statusWith(rollout, { type: 'Progressing', status: 'Unknown', reason: said as string, message: message as string }),
  );
}

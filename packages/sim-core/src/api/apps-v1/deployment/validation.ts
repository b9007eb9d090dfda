import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { GoLiteral, goIntOrString, goQuote } from '../../../apimachinery/go-syntax.ts';
import { checkNonNegative } from '../../checks.ts';
import type { Deployment, DeploymentSpec } from '../deployment.ts';
import { amountOf, checkAtMost100Percent, checkIntOrPercent } from '../int-or-percent.ts';
import { validateSelectorAndTemplate } from '../pod-template.ts';

type Strategy = NonNullable<DeploymentSpec['strategy']>;

/** pkg/apis/apps/validation/validation.go ValidateDeploymentSpec */
export function validateDeployment({ spec }: Deployment): FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const field = 'spec.progressDeadlineSeconds';
  return [
    ...checkNonNegative('spec.replicas', spec.replicas),
    ...validateSelectorAndTemplate(spec, 'spec'),
    ...validateStrategy(spec.strategy ?? {}, 'spec.strategy'),
    ...checkNonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...checkNonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...checkNonNegative(field, deadline),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalid(field, deadline, 'must be greater than minReadySeconds')]
      : []),
  ];
}

/** `ValidateDeploymentStrategy` */
function validateStrategy({ type = '' as Strategy['type'], rollingUpdate }: Strategy, path: string): FieldError[] {
  if (type === 'Recreate') {
    if (rollingUpdate === undefined) return [];
    return [forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
  }
  if (type !== 'RollingUpdate') {
    const printed = new GoLiteral(
      `apps.DeploymentStrategy{Type:${goQuote(String(type))}, RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}`,
    );
    return [notSupported(path, printed, ['Recreate', 'RollingUpdate'])];
  }
  if (rollingUpdate === undefined) {
    return [required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil')];
  }
  return validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`);
}

function validateRollingUpdate(
  { maxUnavailable = 0, maxSurge = 0 }: NonNullable<Strategy['rollingUpdate']>,
  path: string,
): FieldError[] {
  const field = `${path}.maxUnavailable`;
  const neither = amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0;
  return [
    ...checkIntOrPercent(field, maxUnavailable),
    ...checkIntOrPercent(`${path}.maxSurge`, maxSurge),
    ...(neither ? [invalid(field, goIntOrString(maxUnavailable), 'may not be 0 when `maxSurge` is 0')] : []),
    ...checkAtMost100Percent(field, maxUnavailable),
  ];
}

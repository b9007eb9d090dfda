import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { GoLiteral, goIntOrString, goQuote, goStringMap } from '../../../apimachinery/go-syntax.ts';
import { isEmptySelector, matchesSelector, validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { checkNonNegative } from '../../checks.ts';
import { validatePodTemplate } from '../../core-v1/pod/validation/pod-spec.ts';
import { goLabelSelector } from '../../go-label-selector.ts';
import type { DaemonSet, DaemonSetSpec } from '../daemon-set.ts';
import { amountOf, checkAtMost100Percent, checkIntOrPercent } from '../int-or-percent.ts';

type Strategy = NonNullable<DaemonSetSpec['updateStrategy']>;

/** pkg/apis/apps/validation/validation.go ValidateDaemonSetSpec */
export function validateDaemonSet({ spec }: DaemonSet): FieldError[] {
  const { spec: pod } = spec.template;
  const path = 'spec.template.spec';
  return [
    ...validateSelector(spec),
    ...validatePodTemplate(spec.template, 'spec.template'),
    ...(pod.restartPolicy === 'Always' ? [] : [notSupported(`${path}.restartPolicy`, pod.restartPolicy, ['Always'])]),
    ...(pod.activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${path}.activeDeadlineSeconds`, 'activeDeadlineSeconds in DaemonSet is not Supported')]),
    ...checkNonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...checkNonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

function validateSelector({ selector, template }: DaemonSetSpec): FieldError[] {
  const errors = validateLabelSelector(selector, 'spec.selector');
  const labels = template.metadata?.labels;
  const matches = errors.length > 0 || matchesSelector(selector, labels);
  const empty = selector !== undefined && isEmptySelector(selector);
  return [
    ...errors,
    ...(matches || empty
      ? []
      : [invalid('spec.template.metadata.labels', goStringMap(labels), '`selector` does not match template `labels`')]),
    ...(empty ? [invalid('spec.selector', goLabelSelector(selector), 'empty selector is invalid for daemonset')] : []),
  ];
}

/** `ValidateDaemonSetUpdateStrategy` */
function validateUpdateStrategy({ type, rollingUpdate }: Strategy, path: string): FieldError[] {
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const printed = new GoLiteral(
      `apps.DaemonSetUpdateStrategy{Type:${goQuote(String(type ?? ''))}, RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}`,
    );
    return [notSupported(path, printed, ['RollingUpdate', 'OnDelete'])];
  }
  if (rollingUpdate === undefined) return [required(`${path}.rollingUpdate`)];
  return validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`);
}

/** `ValidateRollingUpdateDaemonSet`: exactly one of the two. */
function validateRollingUpdate(
  { maxUnavailable = 0, maxSurge = 0 }: NonNullable<Strategy['rollingUpdate']>,
  path: string,
): FieldError[] {
  const [unavailable, surge] = [`${path}.maxUnavailable`, `${path}.maxSurge`];
  const [hasUnavailable, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  const both = 'may not be set when maxUnavailable is non-zero';
  return [
    ...checkIntOrPercent(unavailable, maxUnavailable),
    ...checkIntOrPercent(surge, maxSurge),
    ...checkAtMost100Percent(unavailable, maxUnavailable),
    ...checkAtMost100Percent(surge, maxSurge),
    ...(hasUnavailable && hasSurge ? [invalid(surge, goIntOrString(maxSurge), both)] : []),
    ...(hasUnavailable || hasSurge ? [] : [required(unavailable, 'cannot be 0 when maxSurge is 0')]),
  ];
}

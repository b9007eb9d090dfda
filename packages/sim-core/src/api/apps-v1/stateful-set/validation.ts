import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { GoLiteral, goQuote, goStringMap } from '../../../apimachinery/go-syntax.ts';
import {
  isEmptySelector,
  matchesSelector,
  validateLabelSelector,
  validateLabels,
} from '../../../apimachinery/label-selector.ts';
import { validateAnnotations } from '../../../apimachinery/validation/object-meta.ts';
import { checkLabel, checkNonNegative } from '../../checks.ts';
import { goLabelSelector } from '../../go-label-selector.ts';
import type { StatefulSet, StatefulSetSpec } from '../stateful-set.ts';

const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec; containers and volumes are only checked with each pod. */
export function validateStatefulSet({ spec }: StatefulSet): FieldError[] {
  const { restartPolicy, activeDeadlineSeconds } = spec.template.spec;
  const path = 'spec.template.spec';
  return [
    ...validatePodManagementPolicy(spec.podManagementPolicy),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...validateRetentionPolicy(spec.persistentVolumeClaimRetentionPolicy ?? {}),
    ...checkNonNegative('spec.replicas', spec.replicas),
    ...checkNonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...checkNonNegative('spec.ordinals.start', spec.ordinals?.start),
    ...validateSelectorAndLabels(spec),
    ...(restartPolicy === 'Always' ? [] : [notSupported(`${path}.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${path}.activeDeadlineSeconds`, 'activeDeadlineSeconds in StatefulSet is not Supported')]),
  ];
}

/** What only new ones are asked: the name of a Service becomes part of host names. */
export function validateStatefulSetCreate({ spec }: StatefulSet): FieldError[] {
  return spec.serviceName ? checkLabel('spec.serviceName', spec.serviceName) : [];
}

/** `ValidateStatefulSetUpdate` */
export function validateStatefulSetUpdate({ spec }: StatefulSet, { spec: old }: StatefulSet): FieldError[] {
  return deepEqual(fixedPart(spec), fixedPart(old)) ? [] : [forbidden('spec', FIXED)];
}

function fixedPart({ selector, serviceName = '', volumeClaimTemplates = [], podManagementPolicy }: StatefulSetSpec) {
  return { selector, serviceName, volumeClaimTemplates, podManagementPolicy };
}

function validatePodManagementPolicy(policy: string | undefined): FieldError[] {
  const field = 'spec.podManagementPolicy';
  if (!policy) return [required(field)];
  if (policy === 'OrderedReady' || policy === 'Parallel') return [];
  return [invalid(field, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateUpdateStrategy(
  { type, rollingUpdate }: NonNullable<StatefulSetSpec['updateStrategy']>,
  path: string,
): FieldError[] {
  const partition = rollingUpdate?.partition ?? 0;
  const printed = `apps.RollingUpdateStatefulSetStrategy{Partition:${partition}, MaxUnavailable:(*intstr.IntOrString)(nil)}`;
  switch (type) {
    case 'RollingUpdate':
      return checkNonNegative(`${path}.rollingUpdate.partition`, rollingUpdate?.partition);
    case 'OnDelete':
      if (rollingUpdate === undefined) return [];
      return [
        invalid(`${path}.rollingUpdate`, new GoLiteral(printed), "only allowed for updateStrategy 'RollingUpdate'"),
      ];
    default:
      return [
        invalid(
          path,
          new GoLiteral(
            `apps.StatefulSetUpdateStrategy{Type:${goQuote(String(type))}, RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}`,
          ),
          "must be 'RollingUpdate' or 'OnDelete'",
        ),
      ];
  }
}

function validateRetentionPolicy(
  policy: NonNullable<StatefulSetSpec['persistentVolumeClaimRetentionPolicy']>,
): FieldError[] {
  return (['whenDeleted', 'whenScaled'] as const).flatMap((field) => {
    const value = policy[field];
    if (value === undefined || value === 'Retain' || value === 'Delete') return [];
    return [notSupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, ['Retain', 'Delete'])];
  });
}

/** `ValidatePodTemplateSpecForStatefulSet` */
function validateSelectorAndLabels({ selector, template }: StatefulSetSpec): FieldError[] {
  const { labels, annotations } = template.metadata ?? {};
  const wrong = validateLabelSelector(selector, 'spec.selector');
  // A selector that cannot be read ends the matter, as LabelSelectorAsSelector does.
  if (wrong.length > 0) return [...wrong, invalid('spec.selector', goLabelSelector(selector), '')];
  const empty = selector !== undefined && isEmptySelector(selector);
  const mismatch = '`selector` does not match template `labels`';
  return [
    ...(selector === undefined ? [required('spec.selector')] : []),
    ...(empty
      ? [invalid('spec.selector', goLabelSelector(selector), 'empty selector is invalid for statefulset')]
      : []),
    ...(matchesSelector(selector, labels)
      ? []
      : [invalid('spec.template.metadata.labels', goStringMap(labels), mismatch)]),
    ...validateLabels(labels, 'spec.template.labels'),
    ...validateAnnotations(annotations, 'spec.template.annotations'),
  ];
}

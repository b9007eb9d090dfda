import { type FieldError, invalid, required } from '../../apimachinery/field-error.ts';
import {
  isEmptySelector,
  type LabelSelector,
  matchesSelector,
  validateLabelSelector,
} from '../../apimachinery/label-selector.ts';
import { validateReplicaTemplate } from '../core-v1/pod/validation/replica-template.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { goLabelSelector } from '../go-label-selector.ts';

/** selector and template of what keeps pods running (pkg/apis/apps/validation `ValidatePodTemplateSpecForReplicaSet`). */
export function validateSelectorAndTemplate(
  { selector, template }: { selector?: LabelSelector; template: PodTemplateSpec },
  path: string,
): FieldError[] {
  const wrong = validateLabelSelector(selector, `${path}.selector`);
  // A selector that cannot be read ends the matter, as LabelSelectorAsSelector does.
  if (wrong.length > 0)
    return [...wrong, invalid(`${path}.selector`, goLabelSelector(selector), 'invalid label selector')];
  return [
    ...validateSelector(selector, `${path}.selector`),
    ...validateTemplate(selector, template, `${path}.template`),
  ];
}

function validateSelector(selector: LabelSelector | undefined, path: string): FieldError[] {
  if (selector === undefined) return [required(path)];
  // Upstream says "deployment" of ReplicaSets too.
  return isEmptySelector(selector)
    ? [invalid(path, goLabelSelector(selector), 'empty selector is invalid for deployment')]
    : [];
}

function validateTemplate(selector: LabelSelector | undefined, template: PodTemplateSpec, path: string): FieldError[] {
  const empty = selector !== undefined && isEmptySelector(selector);
  const matches = empty || matchesSelector(selector, template.metadata?.labels);
  return validateReplicaTemplate('ReplicaSet', matches, template, path);
}

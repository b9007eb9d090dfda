import { type FieldError, forbidden, invalid, notSupported } from '../../../../apimachinery/field-error.ts';
import { goStringMap } from '../../../../apimachinery/go-syntax.ts';
import type { PodTemplateSpec } from '../../pod.ts';
import { validatePodTemplate } from './pod-spec.ts';

/**
 * The template of a kind that keeps pods running (`ValidatePodTemplateSpecForReplicaSet`, `ValidatePodTemplateSpecForRC`).
 * @param matches whether the selector finds what is made of it
 */
export function validateReplicaTemplate(
  kind: 'ReplicaSet' | 'ReplicationController',
  matches: boolean,
  template: PodTemplateSpec,
  path: string,
): FieldError[] {
  const { metadata = {}, spec } = template;
  const { restartPolicy, activeDeadlineSeconds } = spec;
  const mismatch = '`selector` does not match template `labels`';
  const deadline = `activeDeadlineSeconds in ${kind} is not Supported`;
  return [
    ...(matches ? [] : [invalid(`${path}.metadata.labels`, goStringMap(metadata.labels), mismatch)]),
    ...validatePodTemplate(template, path),
    ...(restartPolicy === 'Always' ? [] : [notSupported(`${path}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined ? [] : [forbidden(`${path}.spec.activeDeadlineSeconds`, deadline)]),
  ];
}

import { type FieldError, invalid } from '../../../../apimachinery/field-error.ts';
import type { PodSpec } from '../pod-spec.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const MAX_INT32 = 2 ** 31 - 1;

/** Annotations that mean something to Kubernetes itself (`ValidatePodSpecificAnnotations`). */
export function validatePodAnnotations(
  annotations: Readonly<Record<string, string>> = {},
  spec: PodSpec,
  path: string,
): FieldError[] {
  const { [MIRROR]: mirror, [DELETION_COST]: cost } = annotations;
  const needsNode = 'must set spec.nodeName if mirror pod annotation is set';
  return [
    ...(mirror !== undefined && !spec.nodeName ? [invalid(`${path}[${MIRROR}]`, mirror, needsNode)] : []),
    ...(cost === undefined || isInt32(cost)
      ? []
      : [invalid(`${path}[${DELETION_COST}]`, cost, 'must be a 32bit integer')]),
    ...Object.entries(annotations).flatMap(([key, profile]) =>
      key.startsWith(APP_ARMOR) ? validateAppArmorAnnotation(key, profile, spec, path) : [],
    ),
  ];
}

/** A 32-bit integer without a plus sign or leading zeros (`GetDeletionCostFromPodAnnotations`). */
function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Number(text) <= MAX_INT32 && Number(text) >= -MAX_INT32 - 1;
}

/** `ValidateAppArmorPodAnnotations` */
function validateAppArmorAnnotation(key: string, profile: string, spec: PodSpec, path: string): FieldError[] {
  const name = key.slice(APP_ARMOR.length);
  const { containers = [], initContainers = [] } = spec;
  const known = [...initContainers, ...containers].some((container) => container.name === name);
  const valid = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/');
  return [
    ...(known ? [] : [invalid(`${path}[${key}]`, name, 'container not found')]),
    ...(valid
      ? []
      : [invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`)]),
  ];
}

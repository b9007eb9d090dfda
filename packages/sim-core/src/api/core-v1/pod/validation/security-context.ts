import { type FieldError, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import type { SecurityContext } from '../container.ts';
import type { PodSecurityContext, SeccompProfile } from '../pod-spec.ts';
import { checkDescendingPath } from './volume-files.ts';

const MAX_ID = 2 ** 31 - 1;
const SECCOMP_TYPES: readonly string[] = Object.freeze(['Localhost', 'RuntimeDefault', 'Unconfined']);
const CHANGE_POLICIES: readonly string[] = Object.freeze(['Always', 'OnRootMismatch']);
const PROC_MOUNTS: readonly string[] = Object.freeze(['Default', 'Unmasked']);

/** `validatePodSpecSecurityContext` */
export function validatePodSecurityContext(context: PodSecurityContext, path: string): FieldError[] {
  const {
    fsGroup,
    runAsUser,
    runAsGroup,
    supplementalGroups = [],
    fsGroupChangePolicy: policy,
    seccompProfile,
  } = context;
  return [
    ...checkId(`${path}.fsGroup`, fsGroup),
    ...checkId(`${path}.runAsUser`, runAsUser),
    ...checkId(`${path}.runAsGroup`, runAsGroup),
    ...supplementalGroups.flatMap((id, i) => checkId(`${path}.supplementalGroups[${i}]`, id)),
    ...(policy !== undefined && !CHANGE_POLICIES.includes(policy)
      ? [notSupported(`${path}.fsGroupChangePolicy`, policy, CHANGE_POLICIES)]
      : []),
    ...validateSeccompProfile(seccompProfile, `${path}.seccompProfile`),
  ];
}

/** `ValidateSecurityContext` */
export function validateSecurityContext(context: SecurityContext, path: string): FieldError[] {
  const { runAsUser, runAsGroup, procMount, seccompProfile, allowPrivilegeEscalation, privileged, capabilities } =
    context;
  const errors = [
    ...checkId(`${path}.runAsUser`, runAsUser),
    ...checkId(`${path}.runAsGroup`, runAsGroup),
    ...(procMount !== undefined && !PROC_MOUNTS.includes(procMount)
      ? [notSupported(`${path}.procMount`, procMount, PROC_MOUNTS)]
      : []),
    ...validateSeccompProfile(seccompProfile, `${path}.seccompProfile`),
  ];
  if (allowPrivilegeEscalation !== false) return errors;
  const cannot = 'cannot set `allowPrivilegeEscalation` to false and';
  if (privileged === true) errors.push(invalid(path, context, `${cannot} \`privileged\` to true`));
  if (capabilities?.add?.includes('CAP_SYS_ADMIN') === true) {
    errors.push(invalid(path, context, `${cannot} \`capabilities.Add\` CAP_SYS_ADMIN`));
  }
  return errors;
}

function checkId(path: string, id: number | undefined): FieldError[] {
  if (id === undefined || (id >= 0 && id <= MAX_ID)) return [];
  return [invalid(path, id, `must be between 0 and ${MAX_ID}, inclusive`)];
}

function validateSeccompProfile(profile: SeccompProfile | undefined, path: string): FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile } = profile;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!SECCOMP_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, SECCOMP_TYPES));
  const field = `${path}.localhostProfile`;
  if (type !== 'Localhost') {
    const message = 'can only be set when seccomp type is Localhost';
    return localhostProfile === undefined ? errors : [...errors, invalid(field, profile, message)];
  }
  if (localhostProfile === undefined) return [...errors, required(field, 'must be set when seccomp type is Localhost')];
  return [...errors, ...checkDescendingPath(field, localhostProfile)];
}

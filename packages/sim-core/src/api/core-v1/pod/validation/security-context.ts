import { type FieldError, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import type { SecurityContext } from '../container.ts';
import type { PodSpec, SeccompProfile } from '../pod-spec.ts';
import { validateAppArmorProfile } from './app-armor.ts';
import { validateSysctls } from './sysctls.ts';
import { checkDescendingPath } from './volume-files.ts';

const MAX_ID = 2 ** 31 - 1;
const SECCOMP_TYPES: readonly string[] = Object.freeze(['Localhost', 'RuntimeDefault', 'Unconfined']);
const CHANGE_POLICIES: readonly string[] = Object.freeze(['Always', 'OnRootMismatch']);
const GROUP_POLICIES: readonly string[] = Object.freeze(['Merge', 'Strict']);
/** MountOption belongs to SELinuxMount, which v1.33 leaves off. */
const SELINUX_POLICIES: readonly string[] = Object.freeze(['Recursive']);
const PROC_MOUNTS: readonly string[] = Object.freeze(['Default', 'Unmasked']);

/** `validatePodSpecSecurityContext` */
export function validatePodSecurityContext(spec: PodSpec, path: string): FieldError[] {
  const { securityContext: context, shareProcessNamespace, hostPID } = spec;
  if (context === undefined) return [];
  const { fsGroup, runAsUser, runAsGroup, supplementalGroups = [], sysctls = [] } = context;
  const shared = shareProcessNamespace === true && hostPID === true;
  const both = 'ShareProcessNamespace and HostPID cannot both be enabled';
  const enumerated = (field: string, supported: readonly string[]): FieldError[] => {
    const value = context[field] as string | undefined;
    return value === undefined || supported.includes(value) ? [] : [notSupported(`${path}.${field}`, value, supported)];
  };
  return [
    ...checkId(`${path}.fsGroup`, fsGroup),
    ...checkId(`${path}.runAsUser`, runAsUser),
    ...checkId(`${path}.runAsGroup`, runAsGroup),
    ...supplementalGroups.flatMap((id, i) => checkId(`${path}.supplementalGroups[${i}]`, id)),
    ...(shared ? [invalid(`${path}.shareProcessNamespace`, true, both)] : []),
    ...validateSysctls(sysctls, spec, `${path}.sysctls`),
    ...enumerated('fsGroupChangePolicy', CHANGE_POLICIES),
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
    ...enumerated('supplementalGroupsPolicy', GROUP_POLICIES),
    ...enumerated('seLinuxChangePolicy', SELINUX_POLICIES),
  ];
}

/** `ValidateSecurityContext` */
export function validateSecurityContext(context: SecurityContext, hostUsers: boolean, path: string): FieldError[] {
  const { runAsUser, runAsGroup, procMount, seccompProfile, allowPrivilegeEscalation, privileged, capabilities } =
    context;
  const errors = [
    ...checkId(`${path}.runAsUser`, runAsUser),
    ...checkId(`${path}.runAsGroup`, runAsGroup),
    ...(procMount === undefined ? [] : validateProcMount(procMount, hostUsers, `${path}.procMount`)),
    ...validateSeccompProfile(seccompProfile, `${path}.seccompProfile`),
  ];
  const appArmor = validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`);
  if (allowPrivilegeEscalation !== false) return [...errors, ...appArmor];
  const cannot = 'cannot set `allowPrivilegeEscalation` to false and';
  if (privileged === true) errors.push(invalid(path, context, `${cannot} \`privileged\` to true`));
  if (capabilities?.add?.includes('CAP_SYS_ADMIN') === true) {
    errors.push(invalid(path, context, `${cannot} \`capabilities.Add\` CAP_SYS_ADMIN`));
  }
  return [...errors, ...appArmor];
}

function validateProcMount(procMount: string, hostUsers: boolean, path: string): FieldError[] {
  const known = PROC_MOUNTS.includes(procMount) ? [] : [notSupported(path, procMount, PROC_MOUNTS)];
  if (procMount !== 'Unmasked' || !hostUsers) return known;
  return [...known, invalid(path, procMount, '`hostUsers` must be false to use `Unmasked`')];
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

import { type FieldError, forbidden, notSupported, required } from '../../../../apimachinery/field-error.ts';
import type { PodSpec } from '../pod-spec.ts';

const SYSTEMS: readonly string[] = Object.freeze(['linux', 'windows']);
/** What Windows knows nothing of, in upstream's order. */
const OF_PODS = Object.freeze([
  'securityContext.appArmorProfile',
  'securityContext.seLinuxOptions',
  'hostUsers',
  'hostPID',
  'hostIPC',
  'securityContext.seccompProfile',
  'securityContext.fsGroup',
  'securityContext.fsGroupChangePolicy',
  'securityContext.sysctls',
  'shareProcessNamespace',
  'securityContext.runAsUser',
  'securityContext.runAsGroup',
  'securityContext.supplementalGroups',
  'securityContext.supplementalGroupsPolicy',
  'securityContext.seLinuxChangePolicy',
]);
const OF_CONTAINERS = Object.freeze([
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
]);
const LISTS = Object.freeze(['initContainers', 'containers', 'ephemeralContainers'] as const);

/** The operating system of a pod, and what its name forbids (`validateOS`, `validateLinux`, `validateWindows`). */
export function validateOS(spec: PodSpec, path: string): FieldError[] {
  const { os } = spec;
  if (os === undefined) return [];
  if (!os.name) return [required(`${path}.os.name`, 'cannot be empty')];
  if (!SYSTEMS.includes(os.name)) return [notSupported(`${path}.os`, os.name, SYSTEMS)];
  if (os.name === 'linux') {
    const message = 'windows options cannot be set for a linux pod';
    return forbid(spec, path, ['securityContext.windowsOptions'], ['windowsOptions'], message);
  }
  return forbid(spec, path, OF_PODS, OF_CONTAINERS, 'cannot be set for a windows pod');
}

function forbid(
  spec: PodSpec,
  path: string,
  ofPods: readonly string[],
  ofContainers: readonly string[],
  message: string,
): FieldError[] {
  const containers = LISTS.flatMap((list) =>
    (spec[list] ?? []).flatMap(({ securityContext }, i) =>
      ofContainers
        .filter((field) => securityContext?.[field] !== undefined)
        .map((field) => forbidden(`${path}.${list}[${i}].securityContext.${field}`, message)),
    ),
  );
  return [
    ...ofPods.filter((field) => isGiven(spec, field)).map((field) => forbidden(`${path}.${field}`, message)),
    ...containers,
  ];
}

function isGiven(spec: PodSpec, field: string): boolean {
  const [outer = '', inner] = field.split('.');
  const value = (spec as unknown as Record<string, unknown>)[outer];
  const given = inner === undefined ? value : (value as Record<string, unknown> | undefined)?.[inner];
  return given !== undefined && given !== false;
}

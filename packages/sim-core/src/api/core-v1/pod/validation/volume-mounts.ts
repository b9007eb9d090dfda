import {
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import type { Container, VolumeMount } from '../container.ts';
import type { Volume } from '../pod-spec.ts';
import { checkDescendingPath } from './volume-files.ts';

const RECURSIVE_MODES: readonly string[] = Object.freeze(['Disabled', 'Enabled', 'IfPossible']);
const PROPAGATIONS: readonly string[] = Object.freeze(['Bidirectional', 'HostToContainer', 'None']);

/** `ValidateVolumeMounts`; @param volumes the pod's volumes by name */
export function validateVolumeMounts(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
): FieldError[] {
  const paths = new Set<string>();
  const devices = container.volumeDevices ?? [];
  return (container.volumeMounts ?? []).flatMap((mount, i) => {
    const own = `${path}[${i}]`;
    const { name = '', mountPath = '' } = mount;
    const errors = name ? [] : [required(`${own}.name`)];
    if (!volumes.has(name)) errors.push(notFound(`${own}.name`, name));
    if (!mountPath) errors.push(required(`${own}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${own}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalid(`${own}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      errors.push(invalid(`${own}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    if (volumes.get(name)?.image !== undefined) errors.push(...forbidSubPaths(mount, own));
    // Upstream names the list here, not the item.
    return [
      ...errors,
      ...validateSubPaths(mount, own, path),
      ...validatePropagation(mount, container, path),
      ...validateRecursiveReadOnly(mount, `${path}.recursiveReadOnly`),
    ];
  });
}

function validateSubPaths({ subPath, subPathExpr }: VolumeMount, own: string, path: string): FieldError[] {
  const errors = subPath ? checkDescendingPath(`${path}.subPath`, subPath) : [];
  if (!subPathExpr) return errors;
  const both = 'subPathExpr and subPath are mutually exclusive';
  if (subPath) errors.push(invalid(`${own}.subPathExpr`, subPathExpr, both));
  return [...errors, ...checkDescendingPath(`${path}.subPathExpr`, subPathExpr)];
}

function validatePropagation(
  { mountPropagation }: VolumeMount,
  { securityContext }: Container,
  path: string,
): FieldError[] {
  if (mountPropagation === undefined) return [];
  const field = `${path}.mountPropagation`;
  if (!PROPAGATIONS.includes(mountPropagation)) return [notSupported(field, mountPropagation, PROPAGATIONS)];
  if (mountPropagation !== 'Bidirectional' || securityContext?.privileged === true) return [];
  return [forbidden(field, 'Bidirectional mount propagation is available only to privileged containers')];
}

function forbidSubPaths(mount: VolumeMount, own: string): FieldError[] {
  return (['subPath', 'subPathExpr'] as const).flatMap((field) =>
    mount[field] ? [invalid(`${own}.${field}`, mount[field], 'not allowed in image volume sources')] : [],
  );
}

/** `validateMountRecursiveReadOnly` */
function validateRecursiveReadOnly(
  { recursiveReadOnly: mode, readOnly, mountPropagation = 'None' }: VolumeMount,
  path: string,
): FieldError[] {
  if (mode === undefined || mode === 'Disabled') return [];
  if (!RECURSIVE_MODES.includes(mode)) return [notSupported(path, mode, RECURSIVE_MODES)];
  const alone = 'may only be specified when mountPropagation is None or not specified';
  return [
    ...(readOnly === true ? [] : [forbidden(path, 'may only be specified when readOnly is true')]),
    ...(mountPropagation === 'None' ? [] : [forbidden(path, alone)]),
  ];
}

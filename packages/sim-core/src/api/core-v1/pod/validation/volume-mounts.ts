import {
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import type { Container, VolumeMount } from '../container.ts';
import { checkDescendingPath } from './volume-files.ts';

const PROPAGATIONS: readonly string[] = Object.freeze(['Bidirectional', 'HostToContainer', 'None']);

/** `ValidateVolumeMounts`; @param volumes names of the pod's volumes */
export function validateVolumeMounts(container: Container, volumes: ReadonlySet<string>, path: string): FieldError[] {
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
    // Upstream names the list here, not the item.
    return [...errors, ...validateSubPaths(mount, own, path), ...validatePropagation(mount, container, path)];
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

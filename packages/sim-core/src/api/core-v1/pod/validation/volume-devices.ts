import { type FieldError, invalid, notFound, required } from '../../../../apimachinery/field-error.ts';
import type { Container } from '../container.ts';
import type { Volume } from '../pod-spec.ts';

/** `ValidateVolumeDevices`; @param volumes the pod's volumes by name */
export function validateVolumeDevices(
  { volumeDevices = [], volumeMounts = [] }: Container,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
): FieldError[] {
  const [names, paths] = [new Set<string>(), new Set<string>()];
  return volumeDevices.flatMap(({ name = '', devicePath = '' }, i) => {
    const own = `${path}[${i}]`;
    const mounted = (field: 'name' | 'mountPath', value: string): boolean =>
      volumeMounts.some((mount) => mount[field] === value);
    const errors = [
      ...(name ? [] : [required(`${own}.name`)]),
      ...(names.has(name) ? [invalid(`${own}.name`, name, 'must be unique')] : []),
      ...validateVolume(name, volumes.get(name), `${own}.name`),
      ...(devicePath ? [] : [required(`${own}.devicePath`)]),
      ...(paths.has(devicePath) ? [invalid(`${own}.devicePath`, devicePath, 'must be unique')] : []),
    ];
    const escapes = devicePath.split('/').includes('..');
    if (escapes) errors.push(invalid(`${own}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounted('name', name)) errors.push(invalid(`${own}.name`, name, 'must not already exist in volumeMounts'));
    if (mounted('mountPath', devicePath)) {
      errors.push(invalid(`${own}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name) names.add(name);
    return errors;
  });
}

/** Only what a claim gives is a device. */
function validateVolume(name: string, volume: Volume | undefined, path: string): FieldError[] {
  if (volume === undefined) return [notFound(path, name)];
  if (volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined) return [];
  const message = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
  return [invalid(path, name, message)];
}

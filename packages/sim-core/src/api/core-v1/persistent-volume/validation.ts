import { type FieldError, forbidden, notSupported, required } from '../../../apimachinery/field-error.ts';
import type { PersistentVolume } from '../persistent-volume.ts';
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts';
import { validateQuantity } from '../pod/validation/resources.ts';

const ACCESS_MODES: readonly string[] = Object.freeze([
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
]);

/** Fields of a PersistentVolume's spec that are no source of storage. */
const OWN_FIELDS: readonly string[] = Object.freeze([
  'capacity',
  'accessModes',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeMode',
  'volumeAttributesClassName',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
]);

/** pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec */
export function validatePersistentVolume({ spec = {} }: PersistentVolume): FieldError[] {
  const { accessModes = [], capacity = {} } = spec;
  const [first, ...others] = Object.keys(spec).filter((field) => !OWN_FIELDS.includes(field));
  return [
    ...(accessModes.length > 0 ? validateAccessModes(accessModes) : [required('spec.accessModes')]),
    ...(Object.keys(capacity).length > 0 ? [] : [required('spec.capacity')]),
    ...Object.entries(capacity).flatMap(([name, amount]) => validateQuantity(name, amount, `spec.capacity[${name}]`)),
    ...(first === undefined ? [required('spec', 'must specify a volume type')] : []),
    ...others.map((field) => forbidden(`spec.${field}`, 'may not specify more than 1 volume type')),
  ];
}

/** `ValidatePersistentVolumeClaimSpec` */
export function validatePersistentVolumeClaim({ spec = {} }: PersistentVolumeClaim): FieldError[] {
  const { accessModes = [], resources } = spec;
  const storage = resources?.requests?.storage;
  const missing = 'at least 1 access mode is required';
  return [
    ...(accessModes.length > 0 ? validateAccessModes(accessModes) : [required('spec.accessModes', missing)]),
    ...(storage === undefined
      ? [required('spec.resources[storage]')]
      : validateQuantity('storage', storage, 'spec.resources[storage]')),
  ];
}

function validateAccessModes(modes: readonly string[]): FieldError[] {
  const exclusive = modes.length > 1 && modes.includes('ReadWriteOncePod');
  return [
    ...modes.flatMap((mode) =>
      ACCESS_MODES.includes(mode) ? [] : [notSupported('spec.accessModes', mode, ACCESS_MODES)],
    ),
    ...(exclusive ? [forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

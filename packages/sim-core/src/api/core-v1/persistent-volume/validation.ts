import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { goDiff } from '../../../apimachinery/go-diff.ts';
import { GoLiteral, goQuote } from '../../../apimachinery/go-syntax.ts';
import { formatQuantity, goQuantity, parseQuantity, quantityValue } from '../../../apimachinery/quantity.ts';
import { checkImmutable, checkSubdomain } from '../../checks.ts';
import type { PersistentVolume, PersistentVolumeSpec } from '../persistent-volume.ts';
import { validateNodeSelector } from '../pod/validation/affinity.ts';
import { checkNoBacksteps, needs, type Source } from '../pod/validation/volume-files.ts';
import { validateHostPath, validateNfs } from '../pod/validation/volumes.ts';

const ACCESS_MODES: readonly string[] = Object.freeze([
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
]);
export const VOLUME_MODES: readonly string[] = Object.freeze(['Block', 'Filesystem']);
const RECLAIM_POLICIES: readonly string[] = Object.freeze(['Delete', 'Recycle', 'Retain']);

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

/** What each source of storage needs; sources without a row are taken as they are. */
const SOURCES: Readonly<Record<string, (source: Source, path: string) => FieldError[]>> = Object.freeze({
  hostPath: validateHostPath,
  nfs: validateNfs,
  local: (source, path) =>
    source.path ? checkNoBacksteps(`${path}.path`, String(source.path)) : [required(`${path}.path`)],
  csi: (source, path) => needs(source, path, 'driver', 'volumeHandle'),
});

/** pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec */
export function validatePersistentVolume({ spec = {} }: PersistentVolume): FieldError[] {
  const { accessModes = [], persistentVolumeReclaimPolicy: policy, storageClassName, volumeMode } = spec;
  return [
    ...(accessModes.length > 0 ? [] : [required('spec.accessModes')]),
    ...validateAccessModes(accessModes),
    ...validateCapacity(spec.capacity ?? {}, 'spec.capacity'),
    ...(policy && !RECLAIM_POLICIES.includes(policy)
      ? [notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES)]
      : []),
    ...validateNodeAffinity(spec),
    ...validateSource(spec),
    ...(storageClassName ? checkSubdomain('spec.storageClassName', storageClassName) : []),
    ...(volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode)
      ? [notSupported('spec.volumeMode', volumeMode, VOLUME_MODES)]
      : []),
  ];
}

/** `ValidatePersistentVolumeUpdate`; upstream leaves spec out of two of the paths */
export function validatePersistentVolumeUpdate(
  { spec = {} }: PersistentVolume,
  { spec: old = {} }: PersistentVolume,
): FieldError[] {
  const [source, before] = [sourceOf(spec), sourceOf(old)];
  const diff = goDiff('core.PersistentVolumeSource', before, source);
  const text = `spec.persistentvolumesource is immutable after creation\n${diff}`;
  const fixed = 'field is immutable, except for updating from beta label to GA';
  return [
    ...(deepEqual(source, before) ? [] : [forbidden('spec.persistentvolumesource', text)]),
    ...checkImmutable('volumeMode', spec.volumeMode, old.volumeMode),
    ...(old.nodeAffinity === undefined || deepEqual(spec.nodeAffinity, old.nodeAffinity)
      ? []
      : [invalid('nodeAffinity', spec.nodeAffinity, fixed)]),
  ];
}

function sourceOf(spec: PersistentVolumeSpec): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(spec).filter(([field, value]) => !OWN_FIELDS.includes(field) && value != null),
  );
}

export function validateAccessModes(modes: readonly string[]): FieldError[] {
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  const exclusive = known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod');
  return [
    ...modes.flatMap((mode) =>
      ACCESS_MODES.includes(mode) ? [] : [notSupported('spec.accessModes', mode, ACCESS_MODES)],
    ),
    ...(exclusive ? [forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

/** Storage and nothing else, and some of it. */
function validateCapacity(capacity: Record<string, string>, path: string): FieldError[] {
  const names = Object.keys(capacity);
  const only = capacity.storage === undefined || names.length > 1;
  const printed = goResourceList(capacity);
  return [
    ...(names.length > 0 ? [] : [required(path)]),
    ...(only ? [notSupported(path, printed, ['storage'])] : []),
    ...Object.entries(capacity).flatMap(([name, amount]) => {
      const quantity = parseQuantity(amount);
      const value = formatQuantity(quantity);
      const whole = quantityValue(quantity);
      return [
        ...(whole < 0 ? [invalid(`${path}[${name}]`, whole, 'must be a valid resource quantity')] : []),
        ...(quantity.nanos > 0n ? [] : [invalid(`${path}[${name}]`, value, 'must be greater than zero')]),
      ];
    }),
  ];
}

/** `validateVolumeNodeAffinity` */
function validateNodeAffinity({ nodeAffinity }: PersistentVolumeSpec): FieldError[] {
  if (nodeAffinity === undefined) return [];
  const { required: terms } = nodeAffinity as { required?: Parameters<typeof validateNodeSelector>[0] };
  const path = 'spec.nodeAffinity.required';
  return terms ? validateNodeSelector(terms, path) : [required(path, 'must specify required node constraints')];
}

function validateSource(spec: PersistentVolumeSpec): FieldError[] {
  const { hostPath, local, nodeAffinity, persistentVolumeReclaimPolicy: policy } = spec;
  const [first, ...others] = Object.keys(sourceOf(spec));
  const root = /^\/+$/.test(String((hostPath as Source | undefined)?.path ?? ''));
  const recycle = "may not be 'recycle' for a hostPath mount of '/'";
  return [
    ...(first === undefined ? [] : (SOURCES[first]?.(spec[first] as Source, `spec.${first}`) ?? [])),
    ...(local !== undefined && nodeAffinity === undefined
      ? [required('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
    ...others.map((field) => forbidden(`spec.${field}`, 'may not specify more than 1 volume type')),
    ...(first === undefined ? [required('spec', 'must specify a volume type')] : []),
    ...(root && policy === 'Recycle' ? [forbidden('spec.persistentVolumeReclaimPolicy', recycle)] : []),
  ];
}

function goResourceList(amounts: Record<string, string>): GoLiteral {
  const names = Object.keys(amounts).sort();
  if (names.length === 0) return new GoLiteral('core.ResourceList(nil)');
  const items = names.map((name) => `${goQuote(name)}:${goQuantity(amounts[name] ?? '0').text}`);
  return new GoLiteral(`core.ResourceList{${items.join(', ')}}`);
}

import { deepEqual } from '../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { goDiff } from '../../../apimachinery/go-diff.ts';
import { validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { compareQuantities, formatQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { checkImmutable, checkSubdomain } from '../../checks.ts';
import { CLASS_ANNOTATION } from '../persistent-volume/annotations.ts';
import { VOLUME_MODES, validateAccessModes } from '../persistent-volume/validation.ts';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../persistent-volume-claim.ts';
import { validateQuantity } from '../pod/validation/resources.ts';

const FIXED =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec */
export function validatePersistentVolumeClaim({ spec = {} }: PersistentVolumeClaim): FieldError[] {
  const { accessModes = [], resources, storageClassName, volumeMode, dataSource, dataSourceRef } = spec;
  const missing = 'at least 1 access mode is required';
  return [
    ...(accessModes.length > 0 ? [] : [required('spec.accessModes', missing)]),
    ...validateLabelSelector(spec.selector, 'spec.selector'),
    ...validateAccessModes(accessModes),
    ...validateSize(resources?.requests?.storage, 'spec.resources[storage]'),
    ...(storageClassName ? checkSubdomain('spec.storageClassName', storageClassName) : []),
    ...(volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode)
      ? [notSupported('spec.volumeMode', volumeMode, VOLUME_MODES)]
      : []),
    ...(dataSource === undefined ? [] : validateDataSource(dataSource, 'spec.dataSource')),
    ...(dataSourceRef === undefined ? [] : validateDataSource(dataSourceRef, 'spec.dataSourceRef')),
  ];
}

function validateSize(storage: string | undefined, path: string): FieldError[] {
  if (storage === undefined) return [required(path)];
  const size = parseQuantity(storage);
  if (size.nanos <= 0n) return [invalid(path, formatQuantity(size), 'must be greater than zero')];
  return validateQuantity('storage', storage, path);
}

/** `validateDataSource` */
function validateDataSource(source: Record<string, unknown>, path: string): FieldError[] {
  const { apiGroup = '', kind = '', name = '' } = source as { apiGroup?: string; kind?: string; name?: string };
  const core = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...(name === '' ? [required(`${path}.name`)] : []),
    ...(kind === '' ? [required(`${path}.kind`)] : []),
    ...(apiGroup === '' && kind !== 'PersistentVolumeClaim' ? [invalid(path, kind, core)] : []),
    ...(apiGroup === '' ? [] : checkSubdomain(`${path}.apiGroup`, apiGroup)),
  ];
}

/** `ValidatePersistentVolumeClaimUpdate`: a claim gets its volume once, and grows once it is bound. */
export function validatePersistentVolumeClaimUpdate(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const [spec, before] = [claim.spec ?? {}, old.spec ?? {}];
  const wanted = fixedPart(claim, before);
  const given = { ...before, volumeName: before.volumeName || spec.volumeName };
  const annotation = claim.metadata.annotations?.[CLASS_ANNOTATION];
  return [
    ...(annotation === old.metadata.annotations?.[CLASS_ANNOTATION]
      ? []
      : [invalid(`metadata.annotations.${CLASS_ANNOTATION}`, annotation ?? '', 'field is immutable')]),
    ...(deepEqual(wanted, given)
      ? []
      : [forbidden('spec', `${FIXED}\n${goDiff('core.PersistentVolumeClaimSpec', given as never, wanted as never)}`)]),
    ...validateShrinking(claim, before),
    ...checkImmutable('volumeMode', spec.volumeMode, before.volumeMode),
  ];
}

/** The new spec with everything put back that this claim may change: a class where there was none, and its size once it is bound. */
function fixedPart(
  { spec = {}, status }: PersistentVolumeClaim,
  old: PersistentVolumeClaimSpec,
): PersistentVolumeClaimSpec {
  const grows = status?.phase === 'Bound' && spec.resources?.requests !== undefined;
  const requests = { ...spec.resources?.requests, storage: old.resources?.requests?.storage ?? '0' };
  return {
    ...spec,
    ...(old.storageClassName === undefined && { storageClassName: undefined }),
    ...(grows && { resources: { ...spec.resources, requests } }),
  };
}

function validateShrinking({ spec, status }: PersistentVolumeClaim, old: PersistentVolumeClaimSpec): FieldError[] {
  const size = (amount: string | undefined) => parseQuantity(amount ?? '0');
  const wanted = size(spec?.resources?.requests?.storage);
  const shrinks = compareQuantities(wanted, size(old.resources?.requests?.storage)) < 0;
  if (!shrinks || compareQuantities(wanted, size(status?.capacity?.storage)) > 0) return [];
  return [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

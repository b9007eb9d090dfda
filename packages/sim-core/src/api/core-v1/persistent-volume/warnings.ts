import { formatQuantity, parseQuantity, quantityMilliValue } from '../../../apimachinery/quantity.ts';
import { warnOfNodeSelectorTerm } from '../node-labels.ts';
import type { PersistentVolume } from '../persistent-volume.ts';
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts';
import type { NodeSelectorTerm } from '../pod/pod-spec.ts';
import { CLASS_ANNOTATION } from './annotations.ts';

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
const RECYCLE =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** pkg/api/persistentvolume/util.go GetWarningsForPersistentVolume */
export function warnOfPersistentVolume({ metadata, spec = {} }: PersistentVolume): string[] {
  const { annotations = {} } = metadata;
  const { required } = (spec.nodeAffinity ?? {}) as { required?: { nodeSelectorTerms?: NodeSelectorTerm[] } };
  return [
    ...warnOfClassAnnotation(annotations),
    ...(Object.hasOwn(annotations, MOUNT_OPTIONS)
      ? [`metadata.annotations[${MOUNT_OPTIONS}]: deprecated since v1.31; use "mountOptions" attribute instead`]
      : []),
    ...(spec.persistentVolumeReclaimPolicy === 'Recycle' ? [RECYCLE] : []),
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, i) =>
      warnOfNodeSelectorTerm(term, `spec.nodeAffinity.required.nodeSelectorTerms[${i}]`),
    ),
  ];
}

/** pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaim */
export function warnOfPersistentVolumeClaim({ metadata, spec }: PersistentVolumeClaim): string[] {
  const storage = spec?.resources?.requests?.storage;
  const size = storage === undefined ? undefined : parseQuantity(storage);
  const fraction = size !== undefined && quantityMilliValue(size) % 1000 !== 0;
  return [
    ...warnOfClassAnnotation(metadata.annotations ?? {}),
    ...(fraction
      ? [
          `spec.resources.requests[storage]: fractional byte value "${formatQuantity(size)}" is invalid, must be an integer`,
        ]
      : []),
  ];
}

function warnOfClassAnnotation(annotations: Readonly<Record<string, string>>): string[] {
  if (!Object.hasOwn(annotations, CLASS_ANNOTATION)) return [];
  return [`metadata.annotations[${CLASS_ANNOTATION}]: deprecated since v1.8; use "storageClassName" attribute instead`];
}

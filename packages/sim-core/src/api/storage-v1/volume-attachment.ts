import { required } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';

/** storage.k8s.io/v1 VolumeAttachment; stored, nothing is attached. */
export interface VolumeAttachment {
  apiVersion: 'storage.k8s.io/v1';
  kind: 'VolumeAttachment';
  metadata: ObjectMeta;
  spec: { attacher: string; nodeName: string; source: { persistentVolumeName?: string } };
  status?: { attached: boolean };
}

export const volumeAttachments = defineKind<VolumeAttachment>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  resource: 'volumeattachments',
  singular: 'volumeattachment',
  namespaced: false,
  hasStatus: true,
  prepareForCreate(attachment) {
    attachment.status = { attached: false };
  },
  // pkg/apis/storage/validation/validation.go validateVolumeAttachmentSpec
  validate: ({ spec }) => [
    ...(spec.attacher ? [] : [required('spec.attacher')]),
    ...(spec.source?.persistentVolumeName ? [] : [required('spec.source')]),
    ...(spec.nodeName ? [] : [required('spec.nodeName')]),
  ],
  columns: [
    NAME,
    column('Attacher', ({ spec }) => spec.attacher),
    column('PV', ({ spec }) => spec.source.persistentVolumeName ?? ''),
    column('Node', ({ spec }) => spec.nodeName),
    column('Attached', ({ status }) => status?.attached ?? false),
    AGE,
  ],
});

import { defineKind } from '../../apimachinery/kind.ts';
import { formatLabelSelector, type LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkNonNegative } from '../checks.ts';
import { wideColumn } from '../columns.ts';
import { setPodTemplateDefaults } from '../core-v1/pod/defaults.ts';
import { warnOfWorkload } from '../core-v1/pod/warnings.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { checkImmutableSelector } from '../go-label-selector.ts';
import { type ReplicaStatus, replicaColumns } from '../replica-status.ts';
import { replicasScale } from '../scale.ts';
import { validateSelectorAndTemplate } from './pod-template.ts';

/** apps/v1 ReplicaSet. */
export interface ReplicaSet {
  apiVersion: 'apps/v1';
  kind: 'ReplicaSet';
  metadata: ObjectMeta;
  spec: { replicas?: number; minReadySeconds?: number; selector: LabelSelector; template: PodTemplateSpec };
  status?: ReplicaStatus;
}

export const replicaSets = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  scale: replicasScale<ReplicaSet>(),
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  generationOf: (replicaSet) => replicaSet.spec,
  // pkg/apis/apps/v1/defaults.go SetDefaults_ReplicaSet
  setDefaults({ spec }) {
    spec.template ??= { spec: { containers: [] } };
    setPodTemplateDefaults(spec.template);
    spec.replicas ??= 1;
  },
  prepareForCreate(replicaSet) {
    replicaSet.status = { replicas: 0 };
  },
  // pkg/apis/apps/validation/validation.go ValidateReplicaSetSpec
  validate: ({ spec }) => [
    ...checkNonNegative('spec.replicas', spec.replicas),
    ...checkNonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateSelectorAndTemplate(spec, 'spec'),
  ],
  validateUpdate: ({ spec }, { spec: old }) => checkImmutableSelector(spec.selector, old.selector),
  warnings: (object, old) => warnOfWorkload(object, old, object.spec.template, 'spec.template'),
  columns: [...replicaColumns<ReplicaSet>(), wideColumn('Selector', ({ spec }) => formatLabelSelector(spec.selector))],
});

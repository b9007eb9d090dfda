import { type FieldError, required } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkNonNegative } from '../checks.ts';
import { formatLabels, wideColumn } from '../columns.ts';
import { type ReplicaStatus, replicaColumns } from '../replica-status.ts';
import { setPodTemplateDefaults } from './pod/defaults.ts';
import { validateReplicaTemplate } from './pod/validation/replica-template.ts';
import { warnOfWorkload } from './pod/warnings.ts';
import type { PodTemplateSpec } from './pod.ts';

/** core/v1 ReplicationController: what a ReplicaSet was before it had set-based selectors. */
export interface ReplicationController {
  apiVersion: 'v1';
  kind: 'ReplicationController';
  metadata: ObjectMeta;
  spec: {
    replicas?: number;
    minReadySeconds?: number;
    selector?: Record<string, string>;
    template: PodTemplateSpec;
  };
  status?: ReplicaStatus;
}

export const replicationControllers = defineKind<ReplicationController>({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  scale: {
    replicas: ({ spec }) => spec.replicas ?? 0,
    withReplicas: (controller, replicas) => ({ ...controller, spec: { ...controller.spec, replicas } }),
    currentReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => formatLabels(spec.selector ?? {}).replace('<none>', ''),
  },
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  generationOf: ({ spec }) => spec,
  setDefaults: setReplicationControllerDefaults,
  prepareForCreate(controller) {
    controller.status = { replicas: 0 };
  },
  validate: validateReplicationController,
  warnings: (object, old) => warnOfWorkload(object, old, object.spec.template, 'spec.template'),
  columns: [
    ...replicaColumns<ReplicationController>(),
    wideColumn('Selector', ({ spec }) => formatLabels(spec.selector)),
  ],
});

/** pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController: labels and selector come from the template. */
function setReplicationControllerDefaults(controller: ReplicationController): void {
  controller.spec ??= {} as ReplicationController['spec'];
  const { spec, metadata } = controller;
  if (spec.template !== undefined) setPodTemplateDefaults(spec.template);
  const labels = spec.template?.metadata?.labels;
  if (labels !== undefined) {
    if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  }
  spec.replicas ??= 1;
}

/** pkg/apis/core/validation/validation.go ValidateReplicationControllerSpec */
function validateReplicationController({ spec }: ReplicationController): FieldError[] {
  const { selector = {} } = spec;
  const empty = Object.keys(selector).length === 0;
  return [
    ...checkNonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...(empty ? [required('spec.selector')] : []),
    ...checkNonNegative('spec.replicas', spec.replicas),
    ...(spec.template === undefined
      ? [required('spec.template')]
      : validateReplicaTemplate(
          'ReplicationController',
          matchesLabels(selector, spec.template.metadata?.labels),
          spec.template,
          'spec.template',
        )),
  ];
}

import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { isDNS1123Label } from '../../apimachinery/validation/names.ts';
import { AGE, column, containerColumns, NAME } from '../columns.ts';
import type { PersistentVolumeClaim } from '../core-v1/persistent-volume-claim.ts';
import { warnOfPod } from '../core-v1/pod/warnings.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { replicasScale } from '../scale.ts';
import { setStatefulSetDefaults } from './stateful-set/defaults.ts';
import { dropMaxUnavailable } from './stateful-set/strategy.ts';
import {
  validateStatefulSet,
  validateStatefulSetCreate,
  validateStatefulSetUpdate,
} from './stateful-set/validation.ts';

/** apps/v1 StatefulSet. */
export interface StatefulSet {
  apiVersion: 'apps/v1';
  kind: 'StatefulSet';
  metadata: ObjectMeta;
  spec: StatefulSetSpec;
  status?: StatefulSetStatus;
}

export interface StatefulSetSpec {
  replicas?: number;
  selector: LabelSelector;
  template: PodTemplateSpec;
  serviceName?: string;
  volumeClaimTemplates?: PersistentVolumeClaim[];
  podManagementPolicy?: 'OrderedReady' | 'Parallel';
  updateStrategy?: {
    type?: 'RollingUpdate' | 'OnDelete';
    rollingUpdate?: { partition?: number; maxUnavailable?: number | string };
  };
  revisionHistoryLimit?: number;
  minReadySeconds?: number;
  ordinals?: { start?: number };
  persistentVolumeClaimRetentionPolicy?: { whenDeleted?: 'Retain' | 'Delete'; whenScaled?: 'Retain' | 'Delete' };
}

export interface StatefulSetStatus {
  observedGeneration?: number;
  replicas: number;
  availableReplicas: number;
  readyReplicas?: number;
  currentReplicas?: number;
  updatedReplicas?: number;
  currentRevision?: string;
  updateRevision?: string;
  collisionCount?: number;
  conditions?: Condition[];
}

export const statefulSets = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  scale: replicasScale<StatefulSet>(),
  validateName: isDNS1123Label,
  generationOf: ({ spec }) => spec,
  setDefaults: setStatefulSetDefaults,
  prepareForCreate(statefulSet) {
    statefulSet.status = { replicas: 0, availableReplicas: 0 };
    dropMaxUnavailable(statefulSet);
  },
  prepareForUpdate: dropMaxUnavailable,
  validate: validateStatefulSet,
  validateCreate: validateStatefulSetCreate,
  validateUpdate: validateStatefulSetUpdate,
  warnings: ({ metadata, spec }, old) => [
    ...(old === undefined || old.metadata.generation !== metadata.generation
      ? warnOfPod(spec.template, 'spec.template')
      : []),
    ...((spec.revisionHistoryLimit ?? 0) < 0
      ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended']
      : []),
  ],
  columns: [
    NAME,
    column('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
    AGE,
    ...containerColumns<StatefulSet>(),
  ],
});

import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import { formatLabelSelector, type LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, containerColumns, NAME, wideColumn } from '../columns.ts';
import { warnOfWorkload } from '../core-v1/pod/warnings.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { checkImmutableSelector } from '../go-label-selector.ts';
import { replicasScale } from '../scale.ts';
import { setDeploymentDefaults } from './deployment/defaults.ts';
import { validateDeployment } from './deployment/validation.ts';

/** apps/v1 Deployment. */
export interface Deployment {
  apiVersion: 'apps/v1';
  kind: 'Deployment';
  metadata: ObjectMeta;
  spec: DeploymentSpec;
  status?: DeploymentStatus;
}

export interface DeploymentSpec {
  replicas?: number;
  selector: LabelSelector;
  template: PodTemplateSpec;
  strategy?: {
    type?: 'RollingUpdate' | 'Recreate';
    rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string };
  };
  minReadySeconds?: number;
  revisionHistoryLimit?: number;
  progressDeadlineSeconds?: number;
  paused?: boolean;
}

export interface DeploymentStatus {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  unavailableReplicas?: number;
  collisionCount?: number;
  conditions?: Condition[];
}

export const deployments = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  scale: replicasScale<Deployment>(),
  // Upstream counts changes of the annotations too (pkg/registry/apps/deployment/strategy.go).
  generationOf: ({ spec, metadata }) => [spec, metadata.annotations],
  setDefaults: setDeploymentDefaults,
  prepareForCreate(deployment) {
    deployment.status = {};
  },
  validate: validateDeployment,
  warnings: (object, old) => warnOfWorkload(object, old, object.spec.template, 'spec.template'),
  validateUpdate: ({ spec }, { spec: old }) => checkImmutableSelector(spec.selector, old.selector),
  columns: [
    NAME,
    column('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
    column('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0),
    column('Available', ({ status }) => status?.availableReplicas ?? 0),
    AGE,
    ...containerColumns<Deployment>(),
    wideColumn('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
  ],
});

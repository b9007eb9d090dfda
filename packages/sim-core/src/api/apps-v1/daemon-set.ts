import type { Condition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import { formatLabelSelector, type LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, containerColumns, formatLabels, NAME, wideColumn } from '../columns.ts';
import { warnOfWorkload } from '../core-v1/pod/warnings.ts';
import type { PodTemplateSpec } from '../core-v1/pod.ts';
import { checkImmutableSelector } from '../go-label-selector.ts';
import { setDaemonSetDefaults } from './daemon-set/defaults.ts';
import { countTemplates, templateGenerationOf } from './daemon-set/strategy.ts';
import { validateDaemonSet } from './daemon-set/validation.ts';

/** apps/v1 DaemonSet. */
export interface DaemonSet {
  apiVersion: 'apps/v1';
  kind: 'DaemonSet';
  metadata: ObjectMeta;
  spec: DaemonSetSpec;
  status?: DaemonSetStatus;
}

export interface DaemonSetSpec {
  selector: LabelSelector;
  template: PodTemplateSpec;
  updateStrategy?: {
    type?: 'RollingUpdate' | 'OnDelete';
    rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string };
  };
  minReadySeconds?: number;
  revisionHistoryLimit?: number;
}

export interface DaemonSetStatus {
  currentNumberScheduled: number;
  numberMisscheduled: number;
  desiredNumberScheduled: number;
  numberReady: number;
  observedGeneration?: number;
  updatedNumberScheduled?: number;
  numberAvailable?: number;
  numberUnavailable?: number;
  collisionCount?: number;
  conditions?: Condition[];
}

const NO_PODS: DaemonSetStatus = Object.freeze({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
});

export const daemonSets = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  generationOf: ({ spec }) => spec,
  setDefaults: setDaemonSetDefaults,
  prepareForCreate(daemonSet) {
    daemonSet.status = { ...NO_PODS };
    countTemplates(daemonSet, 1);
  },
  prepareForUpdate(daemonSet, old) {
    const changed = !deepEqual(daemonSet.spec.template, old.spec.template);
    countTemplates(daemonSet, templateGenerationOf(old) + (changed ? 1 : 0));
  },
  validate: validateDaemonSet,
  validateUpdate: ({ spec }, { spec: old }) => checkImmutableSelector(spec.selector, old.selector),
  warnings: (object, old) => warnOfWorkload(object, old, object.spec.template, 'spec.template'),
  columns: [
    NAME,
    column('Desired', ({ status }) => status?.desiredNumberScheduled ?? 0),
    column('Current', ({ status }) => status?.currentNumberScheduled ?? 0),
    column('Ready', ({ status }) => status?.numberReady ?? 0),
    column('Up-to-date', ({ status }) => status?.updatedNumberScheduled ?? 0),
    column('Available', ({ status }) => status?.numberAvailable ?? 0),
    column('Node Selector', ({ spec }) => formatLabels(spec.template.spec.nodeSelector)),
    AGE,
    ...containerColumns<DaemonSet>(),
    wideColumn('Selector', ({ spec }) => formatLabelSelector(spec.selector)),
  ],
});

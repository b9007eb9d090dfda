import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { type ControllerRevision, controllerRevisions } from './apps-v1/controller-revision.ts';
import { type DaemonSet, daemonSets } from './apps-v1/daemon-set.ts';
import { type StatefulSet, statefulSets } from './apps-v1/stateful-set.ts';
import { type CronJob, cronJobs } from './batch-v1/cron-job.ts';
import type { PersistentVolumeClaim } from './core-v1/persistent-volume-claim.ts';
import { podTemplates } from './core-v1/pod-template.ts';
import { type ReplicationController, replicationControllers } from './core-v1/replication-controller.ts';
import { errorsOf, updateErrorsOf } from './test-errors.ts';

/* Kinds that keep pods, and what they remember: defaults, what is refused of them, columns. */

const metadata = { name: 'web', namespace: 'default' };
const template = () => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web:1', terminationMessagePath: '/dev/x' }] },
});

function cells<T extends KubeObject>(kind: Kind<T>, object: T): Record<string, unknown> {
  const columns = kind.columns ?? [];
  return Object.fromEntries(columns.map(({ name, cell }) => [name, cell(object, Date.UTC(2026, 0, 1))]));
}

describe('ReplicationController', () => {
  const good = (): ReplicationController => ({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata,
    spec: { template: template() },
  });

  test('is refused in the words of the API server', () => {
    expect(errorsOf(replicationControllers, good(), () => {})).toEqual([]);
    expect(
      errorsOf(replicationControllers, good(), ({ spec }) => Object.assign(spec, { template: undefined })),
    ).toEqual(['spec.selector: Required value', 'spec.template: Required value']);
    expect(
      errorsOf(replicationControllers, good(), ({ spec }) => {
        spec.replicas = -1;
        spec.selector = { app: 'api' };
        spec.template.spec.restartPolicy = 'Never';
        spec.template.spec.activeDeadlineSeconds = 5;
      }),
    ).toEqual([
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      'spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`',
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
      'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported',
    ]);
  });

  test('scales', () => {
    const { scale } = replicationControllers;
    const object = { ...good(), spec: { ...good().spec, selector: { b: '2', a: '1' } } };
    expect(scale?.selector(object)).toBe('a=1,b=2');
    expect(scale?.replicas(scale.withReplicas(object, 7))).toBe(7);
  });
});

test('PodTemplate', () => {
  const object = { apiVersion: 'v1', kind: 'PodTemplate', metadata, template: template() } as const;
  expect(errorsOf(podTemplates, object, (each) => Object.assign(each.template.spec, { containers: [] }))).toEqual([
    'template.spec.containers: Required value',
  ]);
  expect(cells(podTemplates, object)).toEqual({
    Name: 'web',
    Containers: 'web',
    Images: 'web:1',
    'Pod Labels': 'app=web',
  });
});

test('ControllerRevision', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true };
  const good: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { ...metadata, ownerReferences: [owner] },
    data: {},
    revision: 3,
  };
  expect(errorsOf(controllerRevisions, good, (each) => Object.assign(each, { data: undefined, revision: -1 }))).toEqual(
    ['data: Required value: data is mandatory', 'revision: Invalid value: -1: must be greater than or equal to 0'],
  );
  expect(updateErrorsOf(controllerRevisions, good, (each) => Object.assign(each, { data: { a: 'b' } }))).toEqual([
    'data: Invalid value: map[string]string{"a":"b"}: field is immutable',
  ]);
  expect(cells(controllerRevisions, good)).toMatchObject({ Controller: 'statefulset.apps/web', Revision: 3 });
});

describe('DaemonSet', () => {
  const good = (): DaemonSet => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { ...metadata },
    spec: { selector: { matchLabels: { app: 'web' } }, template: template() },
  });
  const refused = (change: (daemonSet: DaemonSet) => void) => errorsOf(daemonSets, good(), change);

  test('defaults', () => {
    const daemonSet = good();
    daemonSets.setDefaults?.(daemonSet);
    expect(daemonSet.spec).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    });
  });

  test('counts its templates in an annotation', () => {
    const [old, next] = [good(), good()];
    daemonSets.prepareForCreate?.(old);
    next.spec.template.spec.containers = [{ name: 'web', image: 'web:2' }];
    daemonSets.prepareForUpdate?.(next, old);
    expect(old.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '1' });
    expect(next.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '2' });
  });

  test('is refused in the words of the API server', () => {
    expect(refused(() => {})).toEqual([]);
    expect(refused(({ spec }) => Object.assign(spec, { selector: {} }))).toEqual([
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for daemonset',
    ]);
    expect(refused(({ spec }) => Object.assign(spec, { selector: { matchLabels: { app: 'x' } } }))).toEqual([
      'spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`',
    ]);
    const strategy = (rollingUpdate: object) =>
      refused(({ spec }) => Object.assign(spec, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } }));
    expect(strategy({ maxSurge: 1 })).toEqual([
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:0, IntVal:1, StrVal:""}: may not be set when maxUnavailable is non-zero',
    ]);
    expect(strategy({ maxUnavailable: 0 })).toEqual([
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ]);
    expect(refused(({ spec }) => Object.assign(spec, { updateStrategy: { type: 'Recreate' } }))).toEqual([
      'spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:"Recreate", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: "RollingUpdate", "OnDelete"',
    ]);
  });
});

describe('StatefulSet', () => {
  const good = (): StatefulSet => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 'web',
      selector: { matchLabels: { app: 'web' } },
      template: template(),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        } as Partial<PersistentVolumeClaim> as PersistentVolumeClaim,
      ],
    },
  });
  const refused = (change: (spec: StatefulSet['spec']) => void) =>
    errorsOf(statefulSets, good(), ({ spec }) => change(spec));

  test('defaults', () => {
    const statefulSet = good();
    statefulSets.setDefaults?.(statefulSet);
    expect(statefulSet.spec).toMatchObject({
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', creationTimestamp: null },
          spec: { volumeMode: 'Filesystem' },
          status: { phase: 'Pending' },
        },
      ],
    });
  });

  test('is refused in the words of the API server', () => {
    expect(refused(() => {})).toEqual([]);
    expect(
      refused((spec) => {
        Object.assign(spec, { podManagementPolicy: 'Random', updateStrategy: { type: 'Recreate' } });
        Object.assign(spec, { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep' } });
        Object.assign(spec, { replicas: -1, minReadySeconds: -1, ordinals: { start: -1 } });
        spec.template.spec.restartPolicy = 'Never';
      }),
    ).toEqual([
      `spec.podManagementPolicy: Invalid value: "Random": must be 'OrderedReady' or 'Parallel'`,
      `spec.updateStrategy: Invalid value: apps.StatefulSetUpdateStrategy{Type:"Recreate", RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}: must be 'RollingUpdate' or 'OnDelete'`,
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Keep": supported values: "Retain", "Delete"',
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0',
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ]);
    expect(statefulSets.validateName?.('a.b')).toEqual(['must not contain dots']);
  });

  test('most of it stays as it was', () => {
    const changed = (change: object) => updateErrorsOf(statefulSets, good(), ({ spec }) => Object.assign(spec, change));
    expect(changed({ replicas: 3, template: { spec: { containers: [] } }, ordinals: { start: 1 } })).toEqual([]);
    expect(changed({ serviceName: 'other' })).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
  });

  test('maxUnavailable is behind a feature gate that v1.33 leaves off', () => {
    const statefulSet = good();
    statefulSet.spec.updateStrategy = { rollingUpdate: { maxUnavailable: 2 } };
    statefulSets.setDefaults?.(statefulSet);
    statefulSets.prepareForCreate?.(statefulSet);
    expect(statefulSet.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
  });
});

describe('CronJob', () => {
  const good = (): CronJob => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { ...metadata },
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { ...template().spec, restartPolicy: 'Never' } } } },
    },
  });
  const refused = (change: (cronJob: CronJob) => void): string[] => {
    const cronJob = good();
    change(cronJob);
    cronJobs.setDefaults?.(cronJob);
    return (cronJobs.validateCreate?.(cronJob) ?? []).map(formatFieldError);
  };

  test('defaults', () => {
    const cronJob = good();
    cronJobs.setDefaults?.(cronJob);
    expect(cronJob.spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { creationTimestamp: null },
        spec: { template: { metadata: { creationTimestamp: null } } },
      },
    });
    expect(cronJob.spec.jobTemplate.spec.backoffLimit).toBeUndefined();
  });

  test('is refused in the words of the API server', () => {
    expect(refused(() => {})).toEqual([]);
    expect(refused(({ spec }) => Object.assign(spec, { schedule: '' }))).toEqual(['spec.schedule: Required value']);
    expect(refused(({ spec }) => Object.assign(spec, { schedule: 'TZ=UTC 0 * * * *', timeZone: 'Mars/Base' }))).toEqual(
      [
        'spec.schedule: Invalid value: "TZ=UTC 0 * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
        'spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base',
      ],
    );
    expect(
      refused(({ metadata: meta, spec }) => {
        meta.name = 'x'.repeat(53);
        Object.assign(spec, { schedule: 'soon', concurrencyPolicy: 'Queue', startingDeadlineSeconds: -1 });
        spec.jobTemplate.spec.template.spec.restartPolicy = 'Always';
        spec.jobTemplate.spec.manualSelector = true;
      }),
    ).toEqual([
      'spec.schedule: Invalid value: "soon": expected exactly 5 fields, found 1: [soon]',
      'spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.concurrencyPolicy: Unsupported value: "Queue": supported values: "Allow", "Forbid", "Replace"',
      'spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
      'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
      `metadata.name: Invalid value: "${'x'.repeat(53)}": must be no more than 52 characters`,
    ]);
  });

  test('columns', () => {
    expect(cells(cronJobs, { ...good(), spec: { ...good().spec, suspend: false } })).toMatchObject({
      Schedule: '* * * * *',
      Timezone: '<none>',
      Suspend: 'False',
      Active: 0,
      'Last Schedule': '<none>',
      Selector: '<none>',
    });
  });
});

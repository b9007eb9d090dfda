import { describe, expect, test } from 'vitest';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { type ControllerRevision, controllerRevisions } from './apps-v1/controller-revision.ts';
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

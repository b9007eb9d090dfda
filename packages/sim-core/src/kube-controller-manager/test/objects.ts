import type { DaemonSet } from '../../api/apps-v1/daemon-set.ts';
import type { Deployment } from '../../api/apps-v1/deployment.ts';
import type { ReplicaSet } from '../../api/apps-v1/replica-set.ts';
import type { StatefulSet } from '../../api/apps-v1/stateful-set.ts';
import type { CronJob } from '../../api/batch-v1/cron-job.ts';
import type { Job } from '../../api/batch-v1/job.ts';
import type { Node } from '../../api/core-v1/node.ts';
import type { Pod, PodTemplateSpec } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';

/** A template with one container and the label `app`. */
export function podTemplate(app: string, image = `${app}:1`): PodTemplateSpec {
  return { metadata: { labels: { app } }, spec: { containers: [{ name: app, image }] } };
}

export function newDeployment(name: string, spec: Partial<Deployment['spec']> = {}): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name),
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      ...spec,
    },
  };
}

export function newReplicaSet(name: string, spec: Partial<ReplicaSet['spec']> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, namespace: 'default' },
    spec: { replicas: 3, selector: { matchLabels: { app: name } }, template: podTemplate(name), ...spec },
  };
}

export function newStatefulSet(name: string, spec: Partial<StatefulSet['spec']> = {}): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 3,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name),
      ...spec,
    },
  };
}

export function newDaemonSet(name: string, spec: Partial<DaemonSet['spec']> = {}): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: name } }, template: podTemplate(name), ...spec },
  };
}

export function newJob(name: string, spec: Partial<Job['spec']> = {}): Job {
  const template = podTemplate(name);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default' },
    spec: {
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      ...spec,
    },
  };
}

export function newCronJob(name: string, spec: Partial<CronJob['spec']> = {}): CronJob {
  const { parallelism, completions, backoffLimit, template } = newJob(name).spec;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: 'default' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { parallelism, completions, backoffLimit, template } as Job['spec'] },
      ...spec,
    },
  };
}

export function newService(name: string, spec: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  };
}

export function newPod(name: string, labels: Record<string, string> = {}, spec: Partial<Pod['spec']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'main', image: 'main:1' }], ...spec },
  };
}

export function newNode(
  name: string,
  {
    ready = 'True' as 'True' | 'False' | 'Unknown',
    allocatable = {},
    labels = {},
    spec = {} as NonNullable<Node['spec']>,
  } = {},
): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec,
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...allocatable },
      conditions: [{ type: 'Ready', status: ready, reason: 'KubeletReady' }],
    },
  };
}

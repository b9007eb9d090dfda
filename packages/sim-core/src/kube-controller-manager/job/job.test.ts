import { describe, expect, test } from 'vitest';
import { type Job, type JobSpec, jobs } from '../../api/batch-v1/job.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { KINDS } from '../../api/kinds.ts';
import { Scheme } from '../../apimachinery/scheme.ts';
import { garbageCollectorController } from '../garbage-collector/garbage-collector.ts';
import { isPodActive } from '../pod-util.ts';
import { newJob, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { ttlAfterFinishedController } from '../ttl-after-finished.ts';
import { jobController } from './job.ts';
import { TRACKING_FINALIZER } from './job-pods.ts';

function start(spec: Partial<JobSpec> = {}) {
  const world = createWorld([
    jobController(),
    ttlAfterFinishedController(),
    garbageCollectorController(new Scheme(KINDS)),
  ]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(jobs, newJob('sum', spec));
  world.settle();
  const get = () => world.client.get(jobs, 'default', 'sum') as Job;
  const active = () => world.client.list(pods).filter(isPodActive);
  const end = (phase: 'Succeeded' | 'Failed', count = 1) => {
    for (const pod of active().slice(0, count)) kubelet.end(pod, phase);
  };
  const change = (changed: Partial<JobSpec>) => {
    world.client.update(jobs, { ...get(), spec: { ...get().spec, ...changed } });
    world.settle();
  };
  const conditions = () =>
    (get().status?.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);
  return { world, kubelet, get, active, end, change, conditions };
}

const COMPLETE = ['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached'];

describe('a job', () => {
  test('runs a pod with its labels and the tracking finalizer', () => {
    const { active, get, world } = start();
    const [pod] = active() as [Pod];
    expect(pod.metadata.name).toMatch(/^sum-[a-z0-9]{5}$/);
    expect(pod.metadata.labels).toMatchObject({
      'batch.kubernetes.io/job-name': 'sum',
      'job-name': 'sum',
      'batch.kubernetes.io/controller-uid': get().metadata.uid,
      'controller-uid': get().metadata.uid,
    });
    expect(pod.metadata.finalizers).toEqual([TRACKING_FINALIZER]);
    expect(get().status).toMatchObject({ active: 1, ready: 0, terminating: 0, startTime: '2026-01-01T00:00:00Z' });
    expect(world.told('SuccessfulCreate')).toEqual([`SuccessfulCreate Created pod: ${pod.metadata.name}`]);
  });

  test('is complete when its pod has succeeded', () => {
    const { end, get, conditions, world } = start();
    world.advance(4000);
    end('Succeeded');
    expect(conditions()).toEqual(COMPLETE);
    expect(get().status).toMatchObject({
      succeeded: 1,
      completionTime: '2026-01-01T00:00:04Z',
      uncountedTerminatedPods: {},
    });
    expect(get().status?.active).toBeUndefined();
    expect(world.told('Completed')).toEqual(['Completed Job completed']);
    expect(world.client.list(pods)[0]?.metadata.finalizers ?? []).toEqual([]);
  });

  test('keeps parallelism pods running until completions are reached', () => {
    const { active, end, get, conditions } = start({ completions: 5, parallelism: 2 });
    const seen: number[] = [];
    for (let i = 0; i < 5; i++) {
      seen.push(active().length);
      end('Succeeded');
    }
    expect(seen).toEqual([2, 2, 2, 2, 1]);
    expect(get().status?.succeeded).toBe(5);
    expect(conditions()).toEqual(COMPLETE);
  });

  test('without completions ends with the first success, when all others have ended too', () => {
    const { active, end, get, conditions } = start({ completions: undefined, parallelism: 3 });
    expect(active()).toHaveLength(3);
    end('Succeeded');
    expect(active()).toHaveLength(2);
    expect(conditions()).toEqual([]);
    end('Failed');
    end('Succeeded');
    expect(conditions()).toEqual(COMPLETE);
    expect(get().status).toMatchObject({ succeeded: 2, failed: 1 });
  });

  test('takes pods away without counting them when parallelism shrinks', () => {
    const { change, active, get, kubelet } = start({ completions: 5, parallelism: 4 });
    kubelet.run(4);
    change({ parallelism: 1 });
    kubelet.remove();
    expect(active()).toHaveLength(1);
    expect(get().status?.failed).toBeUndefined();
  });
});

describe('failures', () => {
  test('are retried after 10 s, 20 s, 40 s … and a success forgives them', () => {
    const { active, end, world, get } = start({ completions: 2 });
    for (const wait of [10_000, 20_000, 40_000]) {
      end('Failed');
      world.advance(wait - 1000);
      expect(active()).toHaveLength(0);
      world.advance(1000);
      expect(active()).toHaveLength(1);
    }
    end('Succeeded');
    world.advance(1000);
    end('Failed');
    world.advance(10_000);
    expect(active()).toHaveLength(1);
    expect(get().status).toMatchObject({ failed: 4, succeeded: 1 });
  });

  test('beyond backoffLimit fail the job and end what runs', () => {
    const { active, end, world, kubelet, conditions, get } = start({ backoffLimit: 0, parallelism: 2, completions: 2 });
    kubelet.run(2);
    end('Failed');
    expect(active()).toHaveLength(0);
    expect(conditions()).toEqual(['FailureTarget=True BackoffLimitExceeded']);
    kubelet.remove();
    expect(conditions()).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
    expect(get().status?.failed).toBe(2);
    expect(world.told('BackoffLimitExceeded')).toEqual([
      'BackoffLimitExceeded Job has reached the specified backoff limit',
    ]);
  });

  test('a pod that is deleted counts as failed', () => {
    const { active, world, get, kubelet } = start();
    kubelet.run(1);
    world.client.delete(pods, 'default', (active()[0] as Pod).metadata.name);
    world.settle();
    kubelet.remove();
    expect(get().status?.failed).toBe(1);
    world.advance(10_000);
    expect(active()).toHaveLength(1);
  });

  test('with podReplacementPolicy Failed its replacement waits for its end', () => {
    const { active, world, get, kubelet } = start({ podReplacementPolicy: 'Failed' });
    kubelet.run(1);
    world.client.delete(pods, 'default', (active()[0] as Pod).metadata.name);
    world.advance(15_000);
    expect(active()).toHaveLength(0);
    expect(get().status).toMatchObject({ terminating: 1 });
    kubelet.remove();
    world.advance(30_000);
    expect(active()).toHaveLength(1);
    expect(get().status).toMatchObject({ failed: 1, terminating: 0 });
  });

  test('restarts inside the pod count with restartPolicy OnFailure', () => {
    const template = {
      ...podTemplate('sum'),
      spec: { ...podTemplate('sum').spec, restartPolicy: 'OnFailure' as const },
    };
    const { active, world, kubelet, conditions } = start({ template, backoffLimit: 2 });
    kubelet.run(1, false);
    const restart = (restartCount: number) => {
      const pod = active()[0] as Pod;
      const containerStatuses = [{ name: 'sum', ready: false, restartCount, image: '', imageID: '' }];
      world.client.updateStatus(pods, { ...pod, status: { ...pod.status, containerStatuses } });
      world.settle();
    };
    restart(1);
    expect(conditions()).toEqual([]);
    restart(2);
    expect(conditions()).toEqual(['FailureTarget=True BackoffLimitExceeded']);
  });

  test('activeDeadlineSeconds ends a job that runs too long', () => {
    const { world, kubelet, conditions } = start({ activeDeadlineSeconds: 30 });
    kubelet.run(1);
    world.advance(29_000);
    expect(conditions()).toEqual([]);
    world.advance(1000);
    kubelet.remove();
    expect(conditions()).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
    expect(world.told('DeadlineExceeded')).toEqual(['DeadlineExceeded Job was active longer than specified deadline']);
  });
});

describe('suspend', () => {
  test('takes the pods away, and resuming starts anew with the deadline', () => {
    const { change, active, conditions, get, world, kubelet } = start({ activeDeadlineSeconds: 30 });
    kubelet.run(1);
    change({ suspend: true });
    kubelet.remove();
    world.advance(60_000);
    expect(active()).toHaveLength(0);
    expect(conditions()).toEqual(['Suspended=True JobSuspended']);
    change({ suspend: false });
    expect(active()).toHaveLength(1);
    expect(conditions()).toEqual(['Suspended=False JobResumed']);
    expect(get().status).toMatchObject({ startTime: '2026-01-01T00:01:00Z' });
    expect(get().status?.failed).toBeUndefined();
    expect([...world.told('Suspended'), ...world.told('Resumed')]).toEqual([
      'Suspended Job suspended',
      'Resumed Job resumed',
    ]);
  });

  test('from the start means no pod and no start time', () => {
    const { active, get } = start({ suspend: true });
    expect(active()).toHaveLength(0);
    expect(get().status?.startTime).toBeUndefined();
  });
});

describe('Indexed', () => {
  test('gives each completion its index, repeats the failed one, and lists the done ones', () => {
    const { active, kubelet, world, get, conditions } = start({
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 3,
    });
    const of = (index: number) =>
      active().find(
        ({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-completion-index'] === String(index),
      ) as Pod;
    expect(of(2).metadata.name).toMatch(/^sum-2-[a-z0-9]{5}$/);
    expect(of(2).spec).toMatchObject({ hostname: 'sum-2' });
    expect(of(2).spec.containers[0]?.env).toMatchObject([{ name: 'JOB_COMPLETION_INDEX' }]);
    kubelet.end(of(0), 'Succeeded');
    kubelet.end(of(1), 'Failed');
    world.advance(10_000);
    expect(of(1)).toBeDefined();
    for (const index of [3, 1]) kubelet.end(of(index), 'Succeeded');
    expect(get().status).toMatchObject({ completedIndexes: '0,1,3', succeeded: 3, failed: 1 });
    kubelet.end(of(2), 'Succeeded');
    expect(get().status).toMatchObject({ completedIndexes: '0-3', succeeded: 4 });
    expect(conditions()).toEqual(COMPLETE);
  });
});

describe('the end of a job', () => {
  test('ttlSecondsAfterFinished deletes it with its pods; 0 at once', () => {
    const { end, world, get } = start({ ttlSecondsAfterFinished: 20 });
    end('Succeeded');
    world.advance(19_000);
    expect(get()).toBeDefined();
    world.advance(1000);
    expect(get()).toBeUndefined();
    expect(world.client.list(pods)).toEqual([]);

    const other = start({ ttlSecondsAfterFinished: 0 });
    other.end('Succeeded');
    expect(other.get()).toBeUndefined();
  });

  test('a deleted job lets its running pods go', () => {
    const { world, kubelet } = start({ parallelism: 2, completions: 2 });
    kubelet.run(1);
    world.client.delete(jobs, 'default', 'sum');
    world.settle();
    kubelet.remove();
    expect(world.client.list(pods)).toEqual([]);
  });

  test('looking at a job twice changes nothing', () => {
    const { world, end } = start({ completions: 3, parallelism: 2, backoffLimit: 1 });
    for (const phase of ['Succeeded', 'Failed', 'Failed'] as const) {
      end(phase);
      const before = world.store.revision;
      jobController().reconcile({ namespace: 'default', name: 'sum' }, world.contextFor(jobController()));
      expect(world.store.revision).toBe(before);
    }
  });
});

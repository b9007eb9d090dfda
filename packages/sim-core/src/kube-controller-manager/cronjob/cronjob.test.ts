import { describe, expect, test } from 'vitest';
import { type CronJob, type CronJobSpec, cronJobs } from '../../api/batch-v1/cron-job.ts';
import { type Job, jobs } from '../../api/batch-v1/job.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { Scheme } from '../../apimachinery/scheme.ts';
import { garbageCollectorController } from '../garbage-collector/garbage-collector.ts';
import { jobController } from '../job/job.ts';
import { newCronJob } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { cronJobController } from './cronjob.ts';

const MINUTE = 60_000;
/** Minutes since 1970 at 2026-01-01T00:00Z. */
const START = 29_453_760;

function start(spec: Partial<CronJobSpec> = {}) {
  const kinds = [cronJobs, jobs, pods];
  const world = createWorld([cronJobController(), jobController(), garbageCollectorController(new Scheme(kinds))]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(cronJobs, newCronJob('hello', spec));
  world.settle();
  const get = () => world.client.get(cronJobs, 'default', 'hello') as CronJob;
  const names = () => world.client.list(jobs).map(({ metadata }) => metadata.name);
  const end = (phase: 'Succeeded' | 'Failed') => {
    for (const pod of world.client.list(pods)) if (pod.status?.phase === 'Pending') kubelet.end(pod as Pod, phase);
  };
  return { world, get, names, end };
}

describe('a CronJob', () => {
  test('starts a Job at every moment of its schedule, named after the minute', () => {
    const { world, get, names, end } = start();
    expect(names()).toEqual([]);
    world.advance(MINUTE);
    expect(names()).toEqual([`hello-${START + 1}`]);
    expect(world.told('SuccessfulCreate')[0]).toBe(`SuccessfulCreate Created job hello-${START + 1}`);
    const [job] = world.client.list(jobs) as [Job];
    expect(job.metadata.annotations).toEqual({
      'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T00:01:00Z',
    });
    expect(job.metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', name: 'hello', controller: true }]);
    expect(get().status).toMatchObject({
      active: [{ kind: 'Job', name: job.metadata.name, uid: job.metadata.uid }],
      lastScheduleTime: '2026-01-01T00:01:00Z',
    });
    end('Succeeded');
    expect(get().status).toEqual({
      lastScheduleTime: '2026-01-01T00:01:00Z',
      lastSuccessfulTime: '2026-01-01T00:01:00Z',
    });
    expect(world.told('SawCompletedJob')).toEqual([
      `SawCompletedJob Saw completed job: hello-${START + 1}, condition: Complete`,
    ]);
    world.advance(2 * MINUTE);
    expect(names()).toHaveLength(3);
    expect(world.failures).toEqual([]);
  });

  test('keeps three successes and one failure', () => {
    const { world, names, end } = start();
    for (let i = 0; i < 6; i++) {
      world.advance(MINUTE);
      end('Succeeded');
    }
    expect(names()).toEqual([4, 5, 6].map((minute) => `hello-${START + minute}`));
    expect(world.told('SuccessfulDelete')).toContain(`SuccessfulDelete Deleted job hello-${START + 1}`);
  });

  test('follows its time zone', () => {
    const { world, names } = start({ schedule: '0 9 * * *', timeZone: 'Europe/Berlin' });
    world.advance(8 * 60 * MINUTE);
    expect(names()).toEqual([`hello-${START + 480}`]);
    expect(world.client.list(jobs)[0]?.metadata.annotations).toEqual({
      'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T09:00:00+01:00',
    });
  });

  test('that is suspended starts nothing, and what was missed is started once when it is resumed', () => {
    const { world, get, names } = start({ suspend: true });
    world.advance(10 * MINUTE + 5000);
    expect(names()).toEqual([]);
    world.client.update(cronJobs, { ...get(), spec: { ...get().spec, suspend: false } });
    world.settle();
    expect(names()).toEqual([`hello-${START + 10}`]);
  });

  test('whose starting deadline has passed tells so, and goes on with the next moment', () => {
    const { world, get, names } = start({ suspend: true, startingDeadlineSeconds: 10 });
    world.advance(MINUTE + 30_000);
    world.client.update(cronJobs, { ...get(), spec: { ...get().spec, suspend: false } });
    world.settle();
    expect(names()).toEqual([]);
    world.advance(30_000);
    expect(names()).toEqual([`hello-${START + 2}`]);
  });

  test('notices Jobs that go missing and Jobs that it does not know', () => {
    const { world, get, names } = start();
    world.advance(MINUTE);
    world.client.delete(jobs, 'default', names()[0] as string, { propagationPolicy: 'Background' });
    world.settle();
    expect(world.told('MissingJob')).toEqual([`MissingJob Active job went missing: hello-${START + 1}`]);
    expect(get().status?.active).toBeUndefined();
  });
});

describe('concurrencyPolicy', () => {
  test('Allow runs Jobs beside one another', () => {
    const { world, get } = start();
    world.advance(2 * MINUTE);
    expect(get().status?.active).toHaveLength(2);
  });

  test('Forbid waits for the last one', () => {
    const { world, get, names, end } = start({ concurrencyPolicy: 'Forbid' });
    world.advance(2 * MINUTE + 10_000);
    expect(names()).toEqual([`hello-${START + 1}`]);
    expect(world.told('JobAlreadyActive')).toEqual([
      'JobAlreadyActive Not starting job because prior execution is running and concurrency policy is Forbid',
    ]);
    end('Succeeded');
    expect(get().status?.active).toMatchObject([{ name: `hello-${START + 2}` }]);
  });

  test('Replace takes the last one away', () => {
    const { world, get, names } = start({ concurrencyPolicy: 'Replace' });
    world.advance(2 * MINUTE);
    expect(get().status?.active).toMatchObject([{ name: `hello-${START + 2}` }]);
    expect(names()).toEqual([`hello-${START + 2}`]);
    expect(world.told('SuccessfulDelete')).toContain(`SuccessfulDelete Deleted job hello-${START + 1}`);
  });
});

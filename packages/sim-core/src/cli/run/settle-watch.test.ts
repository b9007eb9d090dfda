import { describe, expect, it } from 'vitest';
import { pods } from '../../api/core-v1/pod.ts';
import { createCluster } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { deployment, loadBalancer } from '../testing/manifests.ts';
import { jsonConsole } from './json-console.ts';
import { SettleWatch } from './settle-watch.ts';

/** A watch whose quiet time is over whenever the test says so. */
function watching() {
  const cluster = createCluster();
  const lines: string[] = [];
  let judged = 0;
  const due = new Set<() => void>();
  const watch = new SettleWatch({
    cluster,
    console: jsonConsole((line) => lines.push(line)),
    judged: () => judged++,
    after: (_, step) => {
      due.add(step);
      return () => due.delete(step);
    },
  });
  const quiet = () => {
    for (const step of [...due]) {
      due.delete(step);
      step();
    }
  };
  return {
    cluster,
    watch,
    apply(text: string) {
      cluster.apply(decodeManifests('a.yaml', text).documents);
      watch.changed();
      quiet();
    },
    advance(milliseconds: number) {
      for (let gone = 0; gone < milliseconds; gone += 500) {
        cluster.advance(500);
        quiet();
      }
    },
    quiet,
    events: () =>
      lines.splice(0).map((line) => JSON.parse(line) as { event: string; ok: boolean; waitingFor?: object[] }),
    judged: () => judged,
  };
}

const oks = (events: { ok: boolean }[]) => events.map(({ ok }) => ok);

describe('a change', () => {
  it('settles at once where nothing is to be waited for, each time', () => {
    const run = watching();
    run.apply(deployment('web'));
    expect(run.events()).toEqual([{ event: 'settled', ok: true, rev: run.cluster.client.revision }]);
    run.watch.changed();
    run.watch.changed();
    run.quiet();
    expect(oks(run.events())).toEqual([true]);
    expect(run.judged()).toBe(2);
    run.watch.stop();
  });

  it('settles when its load balancer has an address', () => {
    const run = watching();
    run.apply(`${deployment('web')}---\n${loadBalancer('web')}`);
    expect(run.events()).toEqual([]);
    run.advance(2500);
    expect(run.events()).toEqual([]);
    run.advance(500);
    expect(oks(run.events())).toEqual([true]);
    run.watch.stop();
  });

  it('settles only when the cloud has changed a load balancer', () => {
    const run = watching();
    run.apply(`${deployment('web')}---\n${loadBalancer('web')}`);
    run.advance(3000);
    run.events();
    run.apply(loadBalancer('web').replace('port: 80,', 'port: 81,'));
    expect(run.events()).toEqual([]);
    run.advance(3000);
    expect(oks(run.events())).toEqual([true]);
    run.watch.stop();
  });

  it('that can get nowhere is told soon, with what it waits for', () => {
    const run = watching();
    run.apply(deployment('web', 'web:does-not-exist'));
    expect(run.events()).toEqual([]);
    run.advance(2500);
    const [event, ...more] = run.events();
    expect(event).toMatchObject({ ok: false, waitingFor: [{ kind: 'Deployment', namespace: 'default', name: 'web' }] });
    expect(more).toEqual([]);
    run.advance(120_000);
    expect(run.events()).toEqual([]);
    run.apply(deployment('web'));
    run.advance(1000);
    expect(oks(run.events())).toEqual([true]);
    run.watch.stop();
  });

  it('that takes longer than a minute is told after a minute, and again when it has settled', () => {
    const run = watching();
    const slow = 'readinessProbe: { initialDelaySeconds: 90, httpGet: { port: 8080 } },';
    run.apply(deployment('web').replace('"web:1.0.0",', `"web:1.0.0", ${slow}`));
    run.advance(59_500);
    expect(run.events()).toEqual([]);
    run.advance(500);
    expect(oks(run.events())).toEqual([false]);
    run.advance(31_000);
    expect(oks(run.events())).toEqual([true]);
    run.watch.stop();
  });
});

it('what happens without anybody asking settles as well', () => {
  const run = watching();
  run.apply(deployment('web'));
  run.events();
  const [pod] = run.cluster.client.list(pods, 'default');
  for (const crashes of [1, 2]) {
    run.cluster.kubelet.crash('default', pod?.metadata.name ?? '');
    run.advance(crashes * 500);
  }
  run.advance(60_000);
  expect(oks(run.events())).toEqual([false, true]);
  expect(run.cluster.waitingFor()).toEqual([]);
  run.watch.stop();
});

it('nothing is told of a cluster in which nothing changes', () => {
  const run = watching();
  run.apply(deployment('web'));
  run.events();
  run.advance(10_000);
  run.cluster.settle();
  run.quiet();
  expect(run.events()).toEqual([]);
  run.watch.stop();
});

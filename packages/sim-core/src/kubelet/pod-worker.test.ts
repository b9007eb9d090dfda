import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Container, PodSpec } from '../api/core-v1/pod.ts';
import { pods } from '../api/core-v1/pod.ts';
import { TestCluster } from './testing/test-cluster.ts';

/** Pods of every kind that the kubelet treats differently. */
const KINDS: readonly [container: Partial<Container>, spec: Partial<PodSpec>][] = [
  [{}, {}],
  [
    {
      readinessProbe: { httpGet: { port: 8080 }, initialDelaySeconds: 3 },
      livenessProbe: { tcpSocket: { port: 9 }, periodSeconds: 7 },
    },
    {},
  ],
  [{ image: 'ngnix' }, {}],
  [{ image: 'busybox', command: ['sh', '-c', 'sleep 4; exit 1'] }, {}],
  [{ image: 'busybox', command: ['sleep', '3600'] }, { terminationGracePeriodSeconds: 9 }],
  [{ image: 'busybox', command: ['sh', '-c', 'sleep 4'] }, { restartPolicy: 'Never' }],
  [{ envFrom: [{ configMapRef: { name: 'c' } }] }, {}],
  [{ lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { sleep: { seconds: 2 } } } }, {}],
  [{}, { initContainers: [{ name: 'init', image: 'busybox', command: ['sleep', '3'] }] }],
  [
    {},
    {
      initContainers: [
        {
          name: 'side',
          image: 'x',
          restartPolicy: 'Always',
          startupProbe: { httpGet: { port: 80 }, periodSeconds: 2 },
        },
      ],
    },
  ],
  [{}, { activeDeadlineSeconds: 6 }],
];

const kind = fc.nat({ max: KINDS.length - 1 });
const name = fc.constantFrom('a', 'b', 'c');
const action = fc.oneof(
  fc.record({ do: fc.constant('create' as const), name, kind }),
  fc.record({ do: fc.constant('delete' as const), name, grace: fc.option(fc.nat({ max: 12 }), { nil: undefined }) }),
  fc.record({ do: fc.constant('crash' as const), name }),
  fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('configMap' as const) }),
);

function perform(cluster: TestCluster, step: typeof action extends fc.Arbitrary<infer T> ? T : never): void {
  switch (step.do) {
    case 'create': {
      const [container, spec] = KINDS[step.kind] as (typeof KINDS)[number];
      if (cluster.find(step.name) === undefined) cluster.pod(step.name, container, spec);
      return;
    }
    case 'delete':
      // Not settled at once: the kubelet may act in between.
      return cluster.client.delete(pods, 'default', step.name, { gracePeriodSeconds: step.grace });
    case 'crash':
      if (cluster.find(step.name)?.status?.containerStatuses?.[0]?.state?.running)
        cluster.kubelet.crash('default', step.name, { container: 'web' });
      return;
    case 'advance':
      return cluster.advance(step.seconds);
    case 'configMap':
      try {
        cluster.configMap('c', {});
      } catch {
        // There already.
      }
  }
}

test('whatever happens: no reconcile fails, statuses agree with themselves, and all that is deleted goes', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (steps) => {
      const cluster = new TestCluster();
      const ips = new Set<string>();
      for (const step of steps) {
        perform(cluster, step);
        cluster.settle();
        for (const { status } of cluster.client.list(pods)) {
          if (status?.podIP !== undefined) ips.add(status.podIP);
          const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
          const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
          if (ready) expect(all.every((each) => each.ready)).toBe(true);
          for (const { state, ready: isReady } of status?.containerStatuses ?? []) {
            expect(Object.keys(state ?? {})).toHaveLength(1);
            if (isReady) expect(state?.running).toBeDefined();
          }
          if (status?.phase === 'Succeeded')
            expect(all.every(({ state }) => state?.terminated?.exitCode === 0)).toBe(true);
        }
      }
      for (const { metadata } of cluster.client.list(pods)) cluster.client.delete(pods, 'default', metadata.name);
      cluster.advance(60);
      expect(cluster.client.list(pods)).toEqual([]);
      expect(cluster.failures).toEqual([]);
      expect(cluster.manager.busy).toBe(false);
      for (const ip of ips) expect(cluster.network.dial(ip, 8080, '')).toBe('timeout');
      expect(cluster.clock.nextTimerAt()).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { events } from '../api/core-v1/event.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { serviceAccounts } from '../api/core-v1/service-account.ts';
import { createTestServer } from '../kube-apiserver/test-server.ts';
import { Client } from './client.ts';
import { EventRecorder } from './event-recorder.ts';

const MINUTE = 60_000;

function start() {
  const { store, clock, registry } = createTestServer();
  const client = new Client(store, registry, 'system:test');
  const recorder = new EventRecorder(client, clock, 'kubelet', 'node-1');
  client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  client.create(serviceAccounts, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'shop' },
  });
  const podIn = (namespace: string, name: string): Pod =>
    client.create(pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    });
  return {
    client,
    recorder,
    podIn,
    wait: (milliseconds: number) => clock.advanceTo(clock.now() + milliseconds),
    /** `Reason message xCount`. */
    told: () => client.list(events).map(({ reason, message, count }) => `${reason} ${message} x${count}`),
  };
}

test('an event says what happened to whom, when, and who saw it', () => {
  const { client, recorder, podIn } = start();
  const pod = podIn('shop', 'web');
  recorder.event(pod, 'Normal', 'Started', 'Started container web', 'spec.containers{web}');
  const [event] = client.list(events);
  expect(event).toMatchObject({
    metadata: { namespace: 'shop', name: expect.stringMatching(/^web\.18[0-9a-f]{14}$/) },
    involvedObject: {
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      uid: pod.metadata.uid,
      fieldPath: 'spec.containers{web}',
    },
    type: 'Normal',
    source: { component: 'kubelet', host: 'node-1' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
    reportingComponent: 'kubelet',
    reportingInstance: 'node-1',
  });
});

test('the same again counts up and moves lastTimestamp; another field, reason or object is another event', () => {
  const { client, recorder, podIn, wait, told } = start();
  const pod = podIn('shop', 'web');
  recorder.event(pod, 'Normal', 'Pulled', 'done', 'a');
  wait(MINUTE);
  recorder.event(pod, 'Normal', 'Pulled', 'done', 'a');
  expect(client.list(events)[0]).toMatchObject({
    count: 2,
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:01:00Z',
  });
  recorder.event(pod, 'Normal', 'Pulled', 'done', 'b');
  recorder.event(pod, 'Normal', 'Started', 'done', 'a');
  recorder.event(podIn('shop', 'other'), 'Normal', 'Pulled', 'done', 'a');
  expect(told()).toEqual(['Pulled done x2', 'Pulled done x1', 'Started done x1', 'Pulled done x1']);
});

test('one that a person deleted comes back with its count', () => {
  const { client, recorder, podIn, told } = start();
  const pod = podIn('shop', 'web');
  recorder.event(pod, 'Normal', 'Pulled', 'done');
  client.delete(events, 'shop', client.list(events)[0]?.metadata.name ?? '');
  recorder.event(pod, 'Normal', 'Pulled', 'done');
  expect(told()).toEqual(['Pulled done x2']);
});

describe('aggregation', () => {
  test('from the tenth different message of a reason on they are combined', () => {
    const { recorder, podIn, told } = start();
    const pod = podIn('shop', 'web');
    for (let i = 1; i <= 12; i++) recorder.event(pod, 'Warning', 'Failed', `message ${i}`);
    expect(told()).toHaveLength(10);
    expect(told().at(8)).toBe('Failed message 9 x1');
    expect(told().at(9)).toBe('Failed (combined from similar events): message 12 x3');
    recorder.event(pod, 'Warning', 'Failed', 'message 1');
    recorder.event(pod, 'Warning', 'BackOff', 'other reason');
    expect(told()[0]).toBe('Failed message 1 x2');
    expect(told().at(10)).toBe('BackOff other reason x1');
  });

  test('after ten quiet minutes they stand alone again', () => {
    const { recorder, podIn, wait, told } = start();
    const pod = podIn('shop', 'web');
    for (let i = 1; i <= 10; i++) recorder.event(pod, 'Warning', 'Failed', `message ${i}`);
    wait(10 * MINUTE + 1);
    recorder.event(pod, 'Warning', 'Failed', 'message 11');
    expect(told().at(-1)).toBe('Failed message 11 x1');
  });
});

test('the spam filter: 25 at once for an object and source, then one in five minutes; others are not touched', () => {
  const { client, recorder, podIn, wait, told } = start();
  const pod = podIn('shop', 'web');
  for (let i = 0; i < 100; i++) recorder.event(pod, 'Normal', 'Pulled', 'done');
  expect(told()).toEqual(['Pulled done x25']);
  recorder.event(pod, 'Normal', 'Started', 'not heard');
  recorder.event(podIn('shop', 'other'), 'Normal', 'Started', 'heard');
  expect(told()).toEqual(['Pulled done x25', 'Started heard x1']);
  wait(5 * MINUTE);
  recorder.event(pod, 'Normal', 'Pulled', 'done');
  recorder.event(pod, 'Normal', 'Pulled', 'done');
  expect(client.list(events)[0]?.count).toBe(101);
});

test('whatever is recorded in whatever order: writes stay within the bucket, and nothing is counted twice', () => {
  const occurrence = fc.record({
    reason: fc.constantFrom('A', 'B'),
    message: fc.integer({ min: 0, max: 14 }),
    wait: fc.constantFrom(0, 0, 0, 1000, MINUTE, 11 * MINUTE),
  });
  fc.assert(
    fc.property(fc.array(occurrence, { maxLength: 80 }), (occurrences) => {
      const { client, recorder, podIn, wait } = start();
      const pod = podIn('shop', 'web');
      let elapsed = 0;
      let writes = 0;
      client.watch(events, ({ type }) => {
        if (type !== 'DELETED') writes++;
      });
      for (const each of occurrences) {
        wait(each.wait);
        elapsed += each.wait;
        recorder.event(pod, 'Normal', each.reason, String(each.message));
      }
      expect(writes).toBeLessThanOrEqual(25 + elapsed / (5 * MINUTE));
      const counted = client.list(events).reduce((sum, { count = 0 }) => sum + count, 0);
      expect(counted).toBeLessThanOrEqual(occurrences.length);
    }),
  );
});

test('recording never fails: a namespace that goes away takes no events, an object without one uses default', () => {
  const { client, recorder, podIn, told } = start();
  const pod = podIn('shop', 'web');
  client.delete(namespaces, '', 'shop');
  recorder.event(pod, 'Normal', 'Killing', 'Stopping container web');
  expect(told()).toEqual([]);
  recorder.event(client.get(namespaces, '', 'shop') ?? pod, 'Normal', 'Deleting', 'cluster-scoped');
  expect(client.list(events, 'default')).toHaveLength(1);
});

test('events are kept for an hour, and the newest two thousand', () => {
  const { client, recorder, podIn, wait, told } = start();
  recorder.event(podIn('shop', 'first'), 'Normal', 'Pulled', 'old');
  wait(61 * MINUTE);
  recorder.event(podIn('shop', 'second'), 'Normal', 'Pulled', 'new');
  expect(told()).toEqual(['Pulled new x1']);
  for (let i = 0; i < 2005; i++) recorder.event(podIn('shop', `pod-${i}`), 'Normal', 'Pulled', String(i));
  expect(client.list(events)).toHaveLength(2000);
  expect(told()[0]).toBe('Pulled 5 x1');
});

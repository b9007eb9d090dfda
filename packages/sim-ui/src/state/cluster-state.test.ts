import type { FeedMessage } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { DemoCluster } from '../testing/demo-cluster.ts';
import * as make from '../testing/objects.ts';
import { applyMessage, type ClusterState, fromSnapshot, keyOf } from './cluster-state.ts';

const start = (): ClusterState => fromSnapshot(new DemoCluster().snapshot());

function after(state: ClusterState, ...messages: FeedMessage[]): ClusterState {
  return messages.reduce((before, message) => {
    const step = applyMessage(before, message);
    if ('resync' in step) throw new Error(step.resync);
    return step.state;
  }, state);
}

test('a snapshot keeps a load balancer and its Service apart, although they share a uid', () => {
  const balancer = make.loadBalancer();
  const service = make.service('ingress-nginx-controller', [], { uid: balancer.uid });
  const state = fromSnapshot({ ...new DemoCluster().snapshot(), objects: [balancer, service] });
  expect(state.objects.get(keyOf('LoadBalancer', balancer.uid))).toBe(balancer);
  expect(state.objects.get(keyOf('Service', balancer.uid))).toBe(service);
});

test('a delta adds, replaces and removes, and moves the revision on', () => {
  const state = start();
  const pod = make.pod({ app: 'web', suffix: 'a-b1' });
  const added = after(state, { t: 'd', seq: 1, prevRev: 40, rev: 41, ops: [['u', 'Pod', pod]] });
  expect(added.objects.size).toBe(state.objects.size + 1);
  const gone = after(added, { t: 'd', seq: 2, prevRev: 41, rev: 43, ops: [['x', 'Pod', pod.uid]] });
  expect(gone.objects.has(keyOf('Pod', pod.uid))).toBe(false);
  expect(gone.rev).toBe(43);
  expect(state.objects.has(keyOf('Pod', pod.uid))).toBe(false);
});

test('a delta that the snapshot already holds changes nothing, one behind a gap asks for a new snapshot', () => {
  const state = start();
  expect(after(state, { t: 'd', seq: 1, prevRev: 38, rev: 40, ops: [['x', 'Node', 'node-1']] })).toBe(state);
  expect(applyMessage(state, { t: 'd', seq: 1, prevRev: 41, rev: 42, ops: [] })).toEqual({
    resync: 'a gap: we are at r40, the delta starts at r41',
  });
});

test('a delta within one revision is applied: ports of this machine are in no store', () => {
  const balancer = make.loadBalancer({ ports: [] });
  const state = after(start(), { t: 'd', seq: 1, prevRev: 40, rev: 40, ops: [['u', 'LoadBalancer', balancer]] });
  expect(state.objects.get(keyOf('LoadBalancer', balancer.uid))).toBe(balancer);
});

test('samples that were left out for this page are counted, and counted anew in another run', () => {
  const missed: FeedMessage = { t: 'tr', seq: 1, items: [], dropped: 12 };
  const state = after(start(), missed, { t: 'tr', seq: 2, items: [] }, missed);
  expect(state.samplesDropped).toBe(24);
  expect(fromSnapshot(new DemoCluster().snapshot(), state).samplesDropped).toBe(24);
  expect(fromSnapshot({ ...new DemoCluster().snapshot(), epoch: 'next' }, state).samplesDropped).toBe(0);
});

test('findings and cost stay as they are unless a delta carries them', () => {
  const state = start();
  const same = after(state, { t: 'd', seq: 1, prevRev: 40, rev: 41, ops: [] });
  expect(same.findings).toBe(state.findings);
  const cleared = after(same, { t: 'd', seq: 2, prevRev: 41, rev: 42, ops: [], findings: [] });
  expect(cleared.findings).toEqual([]);
  expect(cleared.cost).toBe(state.cost);
});

test('metrics carry totals: a lost message heals itself', () => {
  const cluster = new DemoCluster();
  cluster.advance(5000);
  const state = fromSnapshot(cluster.snapshot());
  cluster.advance(1000);
  const flows = [...cluster.flows.values()];
  const metrics = (n: number): FeedMessage => ({
    t: 'm',
    seq: n,
    ts: 0,
    flows: flows.map(({ id, n: count, errors }) => [id, count, errors]),
    split: [cluster.split],
    load: cluster.loads(),
    status: cluster.status(),
  });
  const known = after(state, { t: 'flow', seq: 1, flows });
  expect(after(known, metrics(3))).toEqual(after(known, metrics(2), metrics(3)));
  expect([...after(known, metrics(3)).flows.values()].map(({ n }) => n)).toEqual(flows.map(({ n }) => n));
});

test('metrics of a way that is not known, of a revision whose delta did not come, or of another run, ask for a new snapshot', () => {
  const state = start();
  const metrics = { t: 'm' as const, seq: 1, ts: 0, split: [], load: [], status: make.status({ rev: 40 }) };
  expect(applyMessage(state, { ...metrics, flows: [[99, 1, 0]] })).toEqual({
    resync: 'way 99 through the map is unknown',
  });
  const ahead = { ...metrics, flows: [], status: make.status({ rev: 41 }) };
  expect(applyMessage(state, ahead)).toEqual({ resync: 'a gap: we are at r40, the metrics are of r41' });
  const restarted = { ...metrics, flows: [], status: make.status({ epoch: 'e2' }) };
  expect(applyMessage(state, restarted)).toEqual({ resync: 'the sandbox was restarted' });
});

test('events come newest first, and one that repeats moves up instead of standing there twice', () => {
  const event = (uid: string, at: number, count = 1) => ({ ...new DemoCluster().events[0]!, uid, at, count });
  const state = after({ ...start(), events: [] }, { t: 'ev', seq: 1, items: [event('a', 1), event('b', 2)] });
  const again = after(state, { t: 'ev', seq: 2, items: [event('a', 3, 2)] });
  expect(again.events.map(({ uid, count }) => [uid, count])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test('request samples are a ring, newest first, and outlive a snapshot of the same run only', () => {
  const cluster = new DemoCluster();
  const items = Array.from({ length: 500 }, () => cluster.request('client'));
  const state = after(start(), { t: 'tr', seq: 1, items });
  expect(state.samples).toHaveLength(400);
  expect(state.samples[0]?.id).toBe(500);
  expect(fromSnapshot(cluster.snapshot(), state).samples).toBe(state.samples);
  expect(fromSnapshot({ ...cluster.snapshot(), epoch: 'e2' }, state).samples).toEqual([]);
});

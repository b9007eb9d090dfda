import { describe, expect, it } from 'vitest';
import { pods } from '../api/core-v1/pod.ts';

import { apply, SHOP, send, shop } from './testing/shop.ts';

describe('requests', () => {
  it('are counted by their way; draws, forced ones and errors agree everywhere', async () => {
    const { cluster, view } = shop();
    await send(cluster, 300);
    const { flows, split } = view.snapshot();
    expect(flows.reduce((sum, { n }) => sum + n, 0)).toBe(300);
    const canary = flows.filter((flow) => flow.canary).reduce((sum, { n }) => sum + n, 0);
    expect(split).toMatchObject([{ n: 300, canary, weight: 20, verdict: 'consistent', errors: 0 }]);
    const boxes = new Set(view.snapshot().objects.map(({ uid }) => uid));
    for (const { nodes } of flows) {
      expect(nodes.map((node) => node.split(':')[0])).toEqual([
        'client',
        'lb',
        'node',
        'pod',
        'ingress',
        'service',
        'pod',
      ]);
      for (const node of nodes.slice(3)) expect(boxes).toContain(node.slice(node.indexOf(':') + 1));
    }
  });

  it('keep the number of their way through reloads, and get another when the pod is another', async () => {
    const { cluster, view } = shop();
    await send(cluster, 50);
    const before = view.snapshot().flows;
    apply(cluster, SHOP.replace('"20"', '"21"'));
    await send(cluster, 50);
    const after = view.snapshot().flows;
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const [index, { n }] of after.entries()) expect(n).toBeGreaterThanOrEqual(before[index]?.n ?? 0);
    for (const { metadata } of cluster.client.list(pods, 'default'))
      cluster.client.delete(pods, 'default', metadata.name);
    cluster.advance(60_000);
    await send(cluster, 50);
    const pod = (nodes: readonly string[]) => nodes.at(-1);
    const known = new Set(after.map(({ nodes }) => pod(nodes)));
    const fresh = view.snapshot().flows.slice(after.length);
    expect(fresh.length).toBeGreaterThan(0);
    for (const { nodes } of fresh) expect(known).not.toContain(pod(nodes));
  });

  it('are sampled at most twenty times a second, the rare ones always', async () => {
    const { cluster, view } = shop();
    await send(cluster, 100);
    view.takeDelta();
    cluster.advance(1000);
    for (let second = 0; second < 5; second++) {
      const started = cluster.clock.now();
      await send(cluster, 400);
      await send(cluster, 1, { host: 'nobody.test' });
      cluster.advance(Math.max(0, 2000 - (cluster.clock.now() - started)));
      const { samples } = view.takeDelta();
      expect(samples.length).toBeLessThanOrEqual(60);
      expect(samples.length).toBeGreaterThan(5);
      expect(samples.filter(({ status }) => status === 404)).toHaveLength(1);
    }
  });

  it('are sampled when they are asked for', async () => {
    const { cluster, view } = shop();
    await send(cluster, 200);
    view.takeDelta();
    view.sample([3, 4, 5, 99_999]);
    expect(view.takeDelta().samples.map(({ id, flow }) => [id, flow > 0])).toEqual([3, 4, 5].map((id) => [id, true]));
  });
});

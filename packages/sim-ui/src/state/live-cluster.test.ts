import { expect, test } from 'vitest';
import { FeedConnection } from '../feed/connection.ts';
import { DemoTransport } from '../testing/demo-transport.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { LiveCluster } from './live-cluster.ts';
import { createStore } from './store.ts';

async function connected() {
  const timers = new ManualTimers();
  const transport = new DemoTransport(timers);
  const store = createStore();
  let dots = 0;
  const live = new LiveCluster(store, timers, (steps) => {
    for (const { count } of steps) dots += count;
  });
  new FeedConnection(transport, timers, live).start();
  await timers.advance(500);
  return { timers, transport, store, live, dots: () => dots };
}

test('what is shown equals what the cluster counts, to the request', async () => {
  const { timers, transport, store, dots } = await connected();
  await timers.advance(10_000);
  await transport.stopLoad();
  await timers.advance(1000);
  const { parts, ready } = store;
  expect(ready.value).toBe(true);
  expect(parts.split.value[0]?.n).toBe(transport.cluster.requests.length);
  const flows = [...parts.flows.value.values()];
  expect(flows.reduce((sum, { n }) => sum + n, 0)).toBe(transport.cluster.requests.length);
  expect(dots()).toBe(transport.cluster.requests.length);
});

test('rates are those of the load, and fall to nothing when it stops', async () => {
  const { timers, transport, store } = await connected();
  const total = () => [...store.rates.value.values()].reduce((sum, { perSecond }) => sum + perSecond, 0);
  await timers.advance(8000);
  expect(total()).toBeCloseTo(20, 0);
  await transport.stopLoad();
  await timers.advance(3000);
  expect(total()).toBe(0);
});

test('a frozen view stands still while the cluster goes on, and catches up at once', async () => {
  const { timers, transport, store, live } = await connected();
  await timers.advance(5000);
  live.freeze();
  const before = store.parts.split.value[0]?.n;
  await timers.advance(5000);
  expect(store.parts.split.value[0]?.n).toBe(before);
  live.unfreeze();
  await timers.advance(20);
  expect(store.parts.split.value[0]?.n).toBe(transport.cluster.requests.length);
});

test('parts that did not change keep their identity, so that nothing that shows them is drawn again', async () => {
  const { timers, store } = await connected();
  await timers.advance(5000);
  const { objects, files } = store.parts;
  const [sameObjects, sameFiles] = [objects.value, files.value];
  await timers.advance(3000);
  expect(objects.value).toBe(sameObjects);
  expect(files.value).toBe(sameFiles);
});

test('a changed line stands in the draft', async () => {
  const { timers, transport, store, live } = await connected();
  const {
    line = 0,
    text = '',
    file = '',
  } = await transport.setWeight({ namespace: 'default', ingress: 'canary', weight: 20 });
  live.setLine(file, line, text);
  await timers.advance(50);
  const [shown] = store.parts.files.value;
  expect(shown?.draft).toBe(true);
  expect(shown?.text.split('\n')[line - 1]).toContain('canary-weight: "20"');
});

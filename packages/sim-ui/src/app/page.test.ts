import { expect, test } from 'vitest';
import { DemoTransport } from '../testing/demo-transport.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { goTo, stepBy } from '../timeline/timeline-actions.ts';
import { TransportError } from '../transport/transport.ts';
import { closeTrace, openTrace, send, setWeight, showSource, startLoad, stopLoad } from './actions.ts';
import { createPage } from './page.ts';

async function scene() {
  const timers = new ManualTimers();
  const transport = new DemoTransport(timers);
  const page = createPage(transport, timers);
  page.view.mapSize.value = { width: 1041, height: 410 };
  page.connection.start();
  await timers.advance(8000);
  return { timers, transport, page };
}

test('two pages in one program never meet', async () => {
  const [one, other] = [await scene(), await scene()];
  await openTrace(one.page, 1);
  expect(one.page.view.trace.value?.phase).toBe('shown');
  expect(other.page.view.trace.value).toBeUndefined();
});

test('a trace lights the way on the map until it is closed', async () => {
  const { page } = await scene();
  await openTrace(page, 1);
  expect(page.derived.lit.value?.boxes.has('client')).toBe(true);
  closeTrace(page.view);
  expect(page.derived.lit.value).toBeUndefined();
});

test('a request that was evicted says so instead of lighting anything', async () => {
  const { page } = await scene();
  await openTrace(page, 99_999);
  expect(page.view.trace.value).toMatchObject({
    phase: 'failed',
    message: expect.stringContaining('no longer in the ring'),
  });
});

test('of two traces that are asked for, the later one stays, whichever answers first', async () => {
  const { page, transport } = await scene();
  const trace = transport.trace.bind(transport);
  let release = (): void => {};
  transport.trace = async (id) => {
    if (id === 1) await new Promise<void>((resolve) => (release = resolve));
    return trace(id);
  };
  const slow = openTrace(page, 1);
  await openTrace(page, 2);
  release();
  await slow;
  expect(page.view.trace.value?.id).toBe(2);
});

test('one request is followed and played, a hundred are told', async () => {
  const { page } = await scene();
  await send(page, { count: 1 });
  const { trace, replay, notice } = page.view;
  expect(trace.value?.phase).toBe('shown');
  expect(replay.value?.id).toBe(trace.value?.id);
  await send(page, { count: 100 });
  expect(notice.value).toEqual({ text: '100 requests sent', tone: 'ok' });
});

test('a weight that is refused is told in the words of the server', async () => {
  const { page, transport } = await scene();
  transport.setWeight = () => Promise.reject(new TransportError('refused', 'Ingress default/canary has no annotation'));
  await setWeight(page, { namespace: 'default', ingress: 'canary', weight: 7 });
  expect(page.view.notice.value).toEqual({ text: 'Ingress default/canary has no annotation', tone: 'error' });
  expect(page.view.source.value).toBeUndefined();
});

test('the same line flashes again when it is shown again', async () => {
  const { page } = await scene();
  showSource(page, 'a.yaml', 3);
  const first = page.view.source.value?.flash ?? 0;
  showSource(page, 'a.yaml', 3);
  expect(page.view.source.value).toEqual({ file: 'a.yaml', line: 3, flash: first + 1 });
});

test('a new rate replaces the load that runs', async () => {
  const { timers, page, transport } = await scene();
  await startLoad(page, { url: 'http://x/', rate: 50 }, 'load-1');
  await timers.advance(500);
  expect(page.store.parts.load.value.map(({ rate }) => rate)).toEqual([50]);
  await stopLoad(page);
  expect(transport.cluster.load).toBeUndefined();
});

test('another run closes what was open, and says so', async () => {
  const { timers, page, transport } = await scene();
  await openTrace(page, 1);
  const snapshot = transport.cluster.snapshot.bind(transport.cluster);
  transport.cluster.snapshot = () => ({ ...snapshot(), epoch: 'e2' });
  transport.cut();
  await timers.advance(400);
  expect(page.view.trace.value).toBeUndefined();
  expect(page.view.notice.value?.text).toContain('restarted');
});

test('back in the timeline: how it was, marked, and nothing can be changed; forth again it is now', async () => {
  const { page, timers, transport } = await scene();
  await transport.scale('default', 'netflix-frontend-canary', 3);
  await timers.advance(3000);
  const { objects, rev, timeline } = page.store.parts;
  const now = objects.value;
  const [first] = timeline.value;
  await goTo(page, first!.id);
  expect(page.store.past.value).toEqual(first);
  expect(rev.value).toBe(first!.rev);
  expect(objects.value).not.toEqual(now);
  await setWeight(page, { namespace: 'default', ingress: 'canary', weight: 50 });
  expect(page.view.notice.value?.text).toContain('go back to now');
  await timers.advance(3000);
  expect(page.store.past.value).toEqual(first);
  for (const _ of timeline.value) await stepBy(page, 1);
  await timers.advance(1000);
  expect(page.store.past.value).toBeUndefined();
  expect(objects.value).toEqual(now);
  expect(page.whyNotWrite.value).toBe('');
});

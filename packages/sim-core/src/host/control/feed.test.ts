import { describe, expect, it } from 'vitest';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { Snapshot, WireObject } from '../../wire.ts';
import { HOST } from './testing/canary-cluster.ts';
import { type FeedReader, runningControl } from './testing/running-control.ts';

type Running = Awaited<ReturnType<typeof runningControl>>;

/** A reader that has heard the hello. */
async function joined({ feed }: Running, query = ''): Promise<FeedReader> {
  const reader = feed(query);
  await reader.until(({ messages }) => messages.length > 0);
  return reader;
}

/** Sends requests through the cluster and lets them be answered. */
async function sendRequests({ actions }: Running, count: number): Promise<void> {
  await actions.send({ url: `http://${HOST}/`, headers: {}, count });
}

async function heard(
  reader: FeedReader,
  t: 'd' | 'm' | 'tr' | 'ev' | 'flow' | 'beat' | 'gone',
  count = 1,
): Promise<void> {
  await reader.until((each) => each.of(t).length >= count);
}

describe('the feed', () => {
  it('says hello, and ticks only while somebody listens', async () => {
    const running = await runningControl();
    expect(running.timer.ticking).toBe(false);
    const reader = await joined(running);
    expect(reader.messages[0]).toMatchObject({ t: 'hello', proto: 1, epoch: 'epoch-1', role: 'control', hz: 10 });
    expect(running.timer.ticking).toBe(true);
    const second = await joined(running);
    reader.socket.close();
    await reader.until(({ closed }) => closed !== undefined);
    expect(running.timer.ticking).toBe(true);
    second.socket.close();
    await second.until(({ closed }) => closed !== undefined);
    // The server hears of it in its own time.
    while (running.timer.ticking) await new Promise((resolve) => setImmediate(resolve));
  });

  it('tells what changed: objects with both revisions, ways, events, samples and totals', async () => {
    const running = await runningControl();
    const { actions, timer, api, cluster } = running;
    const reader = await joined(running);
    const before = (await api('GET', '/snapshot')).json<Snapshot>();
    const { json } = await api('POST', '/scale', { name: 'netflix-frontend-canary', replicas: 3 });
    timer.tick();
    await heard(reader, 'd');
    const [delta] = reader.of('d');
    expect(delta?.prevRev).toBe(before.rev);
    expect(delta?.rev).toBe(json<{ rev: number }>().rev);
    const deployment = delta?.ops.find(([, kind]) => kind === 'Deployment')?.[2] as WireObject | undefined;
    expect(deployment).toMatchObject({ name: 'netflix-frontend-canary', desired: 3 });
    await heard(reader, 'ev');
    expect(reader.of('ev')[0]?.items.map(({ reason }) => reason)).toContain('ScalingReplicaSet');

    await actions.send({ url: `http://${HOST}/`, headers: {}, count: 30 });
    timer.tick();
    await heard(reader, 'tr');
    await heard(reader, 'm');
    const ways = reader.of('flow').flatMap(({ flows }) => flows);
    expect(ways.reduce((sum, { n }) => sum + n, 0)).toBe(30);
    expect(ways[0]?.nodes).toEqual([
      'client',
      expect.stringMatching(/^lb:/),
      expect.stringMatching(/^node:node-\d$/),
      expect.stringMatching(/^pod:/),
      expect.stringMatching(/^ingress:/),
      expect.stringMatching(/^service:/),
      expect.stringMatching(/^pod:/),
    ]);
    expect(reader.of('m').at(-1)?.split[0]).toMatchObject({ n: 30, weight: 5, verdict: 'too early' });
    expect(reader.of('tr')[0]?.items[0]).toMatchObject({ method: 'GET', host: HOST, status: 200, decision: 'weight' });
    expect(cluster.records.lastId).toBe(30);
  });

  it('makes one text for all its readers', async () => {
    const running = await runningControl();
    const readers = [await joined(running), await joined(running), await joined(running)];
    await sendRequests(running, 10);
    running.timer.tick();
    for (const reader of readers) await heard(reader, 'tr');
    const [first, ...others] = readers.map(({ messages }) => JSON.stringify(messages.filter(({ t }) => t !== 'hello')));
    for (const other of others) expect(other).toBe(first);
  });

  it('agrees with the snapshot: totals only grow, and what it told adds up', async () => {
    const running = await runningControl();
    const reader = await joined(running);
    const totals = new Map<number, number>();
    for (let round = 0; round < 8; round++) {
      await sendRequests(running, 25);
      running.timer.tick();
      await heard(reader, 'm', round + 1);
    }
    for (const message of reader.messages) {
      if (message.t !== 'm') continue;
      for (const [id, n] of message.flows) {
        expect(n).toBeGreaterThanOrEqual(totals.get(id) ?? 0);
        totals.set(id, n);
      }
    }
    const snapshot = (await running.api('GET', '/snapshot')).json<Snapshot>();
    expect(new Map(snapshot.flows.map(({ id, n }) => [id, n]))).toEqual(totals);
    expect([...totals.values()].reduce((sum, n) => sum + n, 0)).toBe(200);
    const seqs = reader.messages.flatMap((message) => ('seq' in message ? [message.seq] : []));
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs);
  });

  it('is quiet when nothing happens: the time once a second', async () => {
    const running = await runningControl();
    const reader = await joined(running);
    running.timer.tick();
    await heard(reader, 'm');
    running.timer.tick(20);
    await heard(reader, 'm', 3);
    expect(reader.messages.filter(({ t }) => t !== 'hello' && t !== 'm')).toEqual([]);
    expect(reader.of('m')).toHaveLength(3);
  });
});

describe('coming back', () => {
  it('goes on after the last frame that was seen', async () => {
    const running = await runningControl();
    const reader = await joined(running);
    await running.api('POST', '/scale', { name: 'netflix-frontend', replicas: 3 });
    running.timer.tick();
    await heard(reader, 'd');
    const seen = reader.of('d')[0]?.seq ?? 0;
    reader.socket.close();
    await reader.until(({ closed }) => closed !== undefined);
    await running.api('POST', '/scale', { name: 'netflix-frontend', replicas: 4 });

    const again = await joined(running, `?epoch=epoch-1&seq=${seen}`);
    running.timer.tick();
    await heard(again, 'd');
    expect(again.of('d')[0]?.prevRev).toBe(reader.of('d')[0]?.rev);
    expect(again.of('gone')).toEqual([]);
  });

  it.each(['?epoch=another&seq=1', '?epoch=epoch-1&seq=99999', '?epoch=epoch-1&seq=x'])(
    'says that %s is gone',
    async (query) => {
      const running = await runningControl();
      const reader = await joined(running, query);
      await heard(reader, 'gone');
      expect(reader.messages.map(({ t }) => t)).toEqual(['hello', 'gone']);
    },
  );

  it('starts anew without a position', async () => {
    const running = await runningControl();
    for (const query of ['', '?epoch=&seq=0']) {
      const reader = await joined(running, query);
      running.timer.tick(10);
      await heard(reader, 'm');
      expect(reader.of('gone')).toEqual([]);
    }
  });

  it('pauses to beats, and tells what was missed when it goes on', async () => {
    const running = await runningControl();
    const reader = await joined(running);
    reader.send({ t: 'pause' });
    await running.api('POST', '/scale', { name: 'netflix-frontend', replicas: 3 });
    running.timer.tick(20);
    await heard(reader, 'beat', 2);
    expect(reader.of('d')).toEqual([]);
    reader.send({ t: 'resume' });
    await heard(reader, 'd');
    expect(reader.of('d')[0]?.ops.length).toBeGreaterThan(0);
    expect(reader.of('gone')).toEqual([]);
  });

  it('has the totals of everything that was counted during a pause, and how many samples it missed', async () => {
    const running = await runningControl();
    const { timer, readers } = running;
    const reader = await joined(running);
    await sendRequests(running, 5);
    timer.tick();
    await heard(reader, 'tr');
    reader.send({ t: 'pause' });
    while (readers.at(-1)?.what !== 'paused') await new Promise((resolve) => setImmediate(resolve));
    const told = reader.of('m').length;
    await sendRequests(running, 7);
    running.view.sample([6, 7, 8]);
    timer.tick(9);
    reader.send({ t: 'resume' });
    await heard(reader, 'm', told + 1);
    const counted = reader
      .of('m')
      .at(-1)
      ?.flows.reduce((sum, [, n]) => sum + n, 0);
    expect(counted).toBe(12);
    running.view.sample([1]);
    timer.tick();
    await heard(reader, 'tr', 2);
    expect(reader.of('tr').at(-1)?.dropped).toBeGreaterThanOrEqual(3);
    expect(readers.map(({ what }) => what)).toEqual(['joined', 'paused', 'resumed']);
  });
});

describe('a reader that falls behind', () => {
  it('gets less after 2 s, only beats after 10 s, and a fresh start when it reads again', async () => {
    const running = await runningControl();
    const slow = await joined(running);
    const quick = await joined(running);
    const round = async () => {
      await sendRequests(running, 5);
      running.timer.tick();
      quick.send({ t: 'ack', seq: 1e9 });
      await running.api('GET', '/version');
    };
    // Live for 24 ticks, then slow: the first frame of the first tick is more than 2 s old at tick 25.
    for (let i = 0; i < 30; i++) await round();
    await heard(slow, 'm', 26);
    const before = slow.messages.length;
    for (let i = 0; i < 20; i++) await round();
    await heard(slow, 'm', 30);
    await heard(quick, 'm', 50);
    expect(slow.messages.slice(before).map(({ t }) => t)).toEqual(['m', 'm', 'm', 'm']);
    // Slow or quick, totals are the same: the slower metrics hold every flow that changed since the last ones.
    const totalOf = (reader: FeedReader) =>
      new Map(reader.of('m').flatMap(({ flows }) => flows.map(([id, n]) => [id, n])));
    expect(totalOf(slow)).toEqual(totalOf(quick));

    // Silent from tick 105 on.
    for (let i = 0; i < 60; i++) await round();
    await heard(slow, 'beat');
    await running.api('GET', '/version');
    expect(slow.of('m')).toHaveLength(40);
    expect(slow.messages.at(-1)?.t).toBe('beat');
    slow.send({ t: 'ack', seq: 1e9 });
    await heard(slow, 'gone');
    await round();
    await heard(slow, 'm', 41);
  });

  it('is disconnected once a megabyte waits for it', async () => {
    const running = await runningControl({
      limits: { slowAfter: 1e9, silentAfter: 1e9, slowBuffered: 1e9, mostBuffered: 100_000 },
    });
    const { cluster, timer } = running;
    const reader = await joined(running);
    reader.socket.pause();
    const ingress = () => cluster.client.get(ingresses, 'default', 'canary');
    for (let i = 0; i < 100; i++) {
      const { metadata, ...rest } = ingress() ?? expect.fail('no canary');
      const value = String.fromCharCode(97 + (i % 26)).repeat(100_000);
      const annotations = { ...metadata.annotations, 'nginx.ingress.kubernetes.io/canary-by-header-value': value };
      cluster.client.update(ingresses, { ...rest, metadata: { ...metadata, annotations } });
      timer.tick();
    }
    reader.socket.resume();
    await reader.until(({ closed }) => closed !== undefined);
    expect(reader.closed).toBe(1013);
    expect(reader.of('d').length).toBeLessThan(100);
  });

  it.each([
    ['an unknown command', '{"t":"shout"}', 1008],
    ['what is no JSON', 'not json', 1008],
    ['null', 'null', 1008],
    ['an ack without a number', '{"t":"ack","seq":"1"}', 1008],
    ['more than 64 KB', JSON.stringify({ t: 'ack', seq: 1, padding: 'x'.repeat(70_000) }), 1009],
  ])('is disconnected for %s', async (_what, text, code) => {
    const running = await runningControl();
    const reader = await joined(running);
    reader.socket.send(text);
    await reader.until(({ closed }) => closed !== undefined);
    expect(reader.closed).toBe(code);
  });
});

import type { FeedCommand, FeedMessage, Snapshot } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { DemoTransport } from '../testing/demo-transport.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { type Feed, type FeedListener, type FeedPosition, TransportError } from '../transport/transport.ts';
import { type Connection, FeedConnection } from './connection.ts';

/** A server whose feed and snapshots are moved by hand. */
class Scripted extends DemoTransport {
  readonly opened: { position: FeedPosition; listener: FeedListener; sent: FeedCommand[]; isClosed: boolean }[] = [];
  snapshots = 0;
  refuse: TransportError | undefined;
  release: (() => void) | undefined;

  override feed(position: FeedPosition, listener: FeedListener): Feed {
    const feed = { position, listener, sent: [] as FeedCommand[], isClosed: false };
    this.opened.push(feed);
    return {
      send: (command) => void feed.sent.push(command),
      close: () => {
        feed.isClosed = true;
      },
    };
  }

  override async snapshot(): Promise<Snapshot> {
    this.snapshots += 1;
    if (this.refuse) throw this.refuse;
    const snapshot = await super.snapshot();
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    return snapshot;
  }
}

const HELLO: FeedMessage = { t: 'hello', proto: 1, epoch: 'e1', seq: 7, role: 'control', hz: 10, now: 0 };
const beat = (seq: number): FeedMessage => ({ t: 'beat', seq, ts: 0 });

function scene() {
  const timers = new ManualTimers();
  const transport = new Scripted(timers);
  const states: Connection[] = [];
  const heard: (FeedMessage | 'snapshot')[] = [];
  let objection: string | undefined;
  const connection = new FeedConnection(transport, timers, {
    changed: (state) => states.push(state),
    snapshot: () => heard.push('snapshot'),
    message: (message) => {
      heard.push(message);
      return objection;
    },
  });
  connection.start();
  const feed = () => transport.opened.at(-1)!;
  const join = async (): Promise<void> => {
    feed().listener.opened();
    await timers.advance(0);
    transport.release?.();
    await timers.advance(0);
  };
  const object = (reason: string | undefined) => {
    objection = reason;
  };
  return { timers, transport, states, heard, connection, feed, join, object };
}

test('messages wait until the snapshot is there, then come in order', async () => {
  const { timers, transport, states, heard, feed } = scene();
  feed().listener.opened();
  feed().listener.message(HELLO);
  feed().listener.message(beat(8));
  await timers.advance(0);
  expect(heard).toEqual([]);
  transport.release?.();
  await timers.advance(0);
  expect(heard).toEqual(['snapshot', HELLO, beat(8)]);
  expect(states.map(({ phase }) => phase)).toEqual(['connecting', 'live']);
});

test('the newest message is acknowledged once a second, over the place where the feed goes on later', async () => {
  const { timers, transport, feed, join } = scene();
  await join();
  const first = feed();
  first.listener.message(HELLO);
  first.listener.message(beat(9));
  await timers.advance(1000);
  expect(first.sent).toEqual([{ t: 'ack', seq: 9 }]);
  first.listener.closed();
  await timers.advance(200);
  expect(transport.opened).toHaveLength(2);
  expect(feed().position).toEqual({ epoch: 'e1', seq: 9 });
});

test('three seconds of silence end a connection, whatever the socket believes', async () => {
  const { timers, states, feed, join } = scene();
  await join();
  const first = feed();
  await timers.advance(2000);
  first.listener.message(beat(1));
  await timers.advance(2000);
  expect(states.at(-1)?.phase).toBe('live');
  await timers.advance(1100);
  expect(states.at(-1)).toMatchObject({ phase: 'lost', attempt: 1 });
  expect(first.isClosed).toBe(true);
});

test('it comes back for ever, with growing waits up to five seconds, and only one socket at a time', async () => {
  const { timers, transport, states, feed, join } = scene();
  await join();
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    feed().listener.closed();
    await timers.advance(0);
    if (i > 0) await timers.advance(0);
    const state = states.at(-1);
    if (state?.phase !== 'lost') throw new Error(`${state?.phase}`);
    waits.push(state.retryAt - timers.now());
    transport.refuse = new TransportError('unreachable', 'gone');
    await timers.advance(state.retryAt - timers.now());
    expect(transport.opened.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  }
  expect(waits).toEqual([125, 250, 500, 1000, 2000, 2500, 2500, 2500]);
  transport.refuse = undefined;
  await join();
  expect(states.at(-1)).toEqual({ phase: 'live' });
});

test('what an older socket still says does not count', async () => {
  const { timers, heard, feed, join, connection } = scene();
  await join();
  const old = feed();
  old.listener.closed();
  await timers.advance(0);
  connection.retryNow();
  await join();
  heard.length = 0;
  old.listener.message(beat(5));
  old.listener.closed();
  expect(heard).toEqual([]);
});

test('without a session it says so and stops', async () => {
  const { timers, transport, states, feed } = scene();
  transport.refuse = new TransportError('unauthorized', 'no session');
  feed().listener.closed();
  await timers.advance(60_000);
  expect(states.at(-1)).toEqual({ phase: 'unauthorized' });
  expect(transport.opened).toHaveLength(1);
});

test('a listener that lost the thread gets a new snapshot, and not more than two a second', async () => {
  const { timers, transport, heard, feed, join, object } = scene();
  await join();
  heard.length = 0;
  object('a gap');
  feed().listener.message(beat(1));
  feed().listener.message(beat(2));
  object(undefined);
  expect(heard).toEqual([beat(1)]);
  await timers.advance(499);
  expect(transport.snapshots).toBe(1);
  await timers.advance(1);
  expect(transport.snapshots).toBe(2);
  transport.release?.();
  await timers.advance(0);
  expect(heard).toEqual([beat(1), 'snapshot', beat(2)]);
});

test('a hidden tab lets the server rest', async () => {
  const { feed, join, connection } = scene();
  await join();
  connection.pause();
  connection.resume();
  expect(feed().sent).toEqual([{ t: 'pause' }, { t: 'resume' }]);
});

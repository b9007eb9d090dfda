import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { LoadGenerator, type LoadRequest } from './load-generator.ts';
import { StatusSink } from './status-sink.ts';

function generator(status = 200) {
  const clock = new VirtualClock(0);
  const fired: { at: number; request: LoadRequest; connection: number }[] = [];
  let closed = 0;
  const loads = new LoadGenerator(clock, (request, answered) => ({
    fire: (connection) => {
      fired.push({ at: clock.now(), request, connection });
      clock.after(5, () => answered(status));
    },
    close: () => {
      closed++;
    },
  }));
  return { clock, loads, fired, closed: () => closed };
}

describe('LoadGenerator', () => {
  it('fires at its rate and stops at its duration', () => {
    const { clock, loads, fired } = generator();
    const load = loads.start({ url: 'http://a.test:8080/x?y=1', rate: 20, duration: 3000 });
    clock.advanceTo(1000);
    expect(fired.length).toBe(21);
    clock.advanceTo(10_000);
    expect([load.sent, load.answered, load.failed, load.done]).toEqual([60, 60, 0, true]);
    expect(fired[0]?.request).toMatchObject({ scheme: 'http', host: 'a.test', port: 8080, request: { url: '/x?y=1' } });
    expect(fired[0]?.request.request.headers.slice(0, 2)).toEqual(['host', 'a.test:8080']);
    expect(loads.running()).toEqual([]);
  });

  it('fires an exact count, keeps connections or makes new ones, counts failures', () => {
    const { clock, loads, fired } = generator(503);
    const kept = loads.start({ url: 'https://a.test/', rate: 1000, count: 100 });
    clock.advanceTo(2000);
    expect([kept.sent, kept.answered, kept.failed]).toEqual([100, 100, 100]);
    expect(new Set(fired.map(({ connection }) => connection)).size).toBe(8);
    expect(fired[0]?.request.port).toBe(443);
    loads.start({ url: 'http://a.test/', rate: 1000, count: 50, newConnections: true });
    clock.advanceTo(4000);
    expect(new Set(fired.slice(100).map(({ connection }) => connection)).size).toBe(50);
  });

  it('fires nothing after it was stopped', () => {
    const { clock, loads, fired, closed } = generator();
    const load = loads.start({ url: 'http://a.test/', rate: 100 });
    clock.advanceTo(500);
    const sent = fired.length;
    loads.stop(load.id);
    clock.advanceTo(2000);
    expect([fired.length, closed()]).toEqual([sent, 1]);
  });

  it('refuses what is no http url', () => {
    const { loads } = generator();
    expect(() => loads.start({ url: 'ftp://a.test/', rate: 1 })).toThrow(
      'ftp://a.test/: only http and https can be fired',
    );
    expect(() => loads.start({ url: 'nonsense', rate: 1 })).toThrow(TypeError);
  });
});

describe('StatusSink', () => {
  it('reports the status at the end, and 0 for a broken connection, once', () => {
    const seen: number[] = [];
    const answered = new StatusSink((status) => seen.push(status));
    answered.writeHead(204);
    answered.end();
    answered.destroy();
    new StatusSink((status) => seen.push(status)).destroy();
    expect(seen).toEqual([204, 0]);
  });
});

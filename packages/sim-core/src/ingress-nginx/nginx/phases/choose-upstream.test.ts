import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { echoOf } from '../../../conformance/ingress-nginx/backends.ts';
import { ingressOf } from '../../testing/ingress-of.ts';
import { TestIngress } from '../../testing/test-ingress.ts';

/** Streams that give 1, 2, 3 … up to the highest, again and again, and count. */
function counting() {
  const drawn: number[] = [];
  const names: string[] = [];
  const draws = (name: string) => {
    names.push(name);
    let next = 0;
    return {
      next: () => 0,
      integer: (low: number, high: number) => {
        const value = low + (next++ % (high - low + 1));
        drawn.push(value);
        return value;
      },
    };
  };
  return { drawn, names, draws };
}

function world(annotations: Record<string, string>, draws = counting()) {
  const made = new TestIngress({ draws: draws.draws });
  made.service('main');
  made.service('canary');
  made.load([
    ingressOf('main', { host: 'app.test', paths: { '/': 'main' } }),
    ingressOf('canary', {
      host: 'app.test',
      paths: { '/': 'canary' },
      annotations: { canary: 'true', ...annotations },
      age: 1,
    }),
  ]);
  made.start();
  return { made, draws };
}

async function canariesOf(made: TestIngress, count: number, headers: string[] = []): Promise<number> {
  const answers = await made.sendAll(Array.from({ length: count }, () => ({ host: 'app.test', headers })));
  return answers.filter((answer) => echoOf(answer)?.service === 'canary').length;
}

const weights = (weight: number | string, total?: number) => ({
  'canary-weight': String(weight),
  ...(total === undefined ? {} : { 'canary-weight-total': String(total) }),
});

describe('weight', () => {
  test.each<[weight: number | string, total: number | undefined, effective: number, canaries: number]>([
    [0, undefined, 100, 0],
    [1, undefined, 100, 1],
    [5, undefined, 100, 5],
    [99, undefined, 100, 99],
    [100, undefined, 100, 100],
    [150, undefined, 100, 100],
    [-1, undefined, 100, 0],
    ['50%', undefined, 100, 0],
    [5, 10, 100, 5],
    [5, 100, 100, 5],
    [5, 101, 101, 5],
    [100, 1000, 1000, 100],
    [999, 1000, 1000, 999],
    [1000, 1000, 1000, 1000],
  ])('%s of %s: of %i values that can be drawn, %i lead to the canary', async (weight, total, effective, canaries) => {
    const { made, draws } = world(weights(weight, total));
    expect(await canariesOf(made, effective)).toBe(canaries);
    expect([...draws.drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: effective }, (_, i) => i + 1));
  });

  test('the draw stands in the record', async () => {
    const { made } = world(weights(1));
    await canariesOf(made, 2);
    const [second, first] = made.records.newest(2).map((record) => ({ ...record }));
    expect(first).toMatchObject({ canary: 'weight', toCanary: true, draw: 1, drawTotal: 100, weight: 1 });
    expect(second).toMatchObject({ canary: 'weight', toCanary: false, draw: 2, drawTotal: 100, weight: 1 });
  });
});

describe('draws', () => {
  const everything = { 'canary-by-header': 'X-C', 'canary-by-cookie': 'c', ...weights(50) };

  test.each<[string, string[]]>([
    ['a header that decides', ['X-C', 'always']],
    ['a header that decides against', ['X-C', 'never']],
    ['a cookie that decides', ['Cookie', 'c=always']],
  ])('none are taken by %s', async (_name, headers) => {
    const { made, draws } = world(everything);
    await canariesOf(made, 5, headers);
    expect(draws.drawn).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['no header', []],
    ['a header that says nothing', ['X-C', 'perhaps']],
    ['a cookie that says nothing', ['Cookie', 'c=perhaps']],
  ])('one is taken by each request with %s', async (_name, headers) => {
    const { made, draws } = world(everything);
    await canariesOf(made, 5, headers);
    expect(draws.drawn).toEqual([1, 2, 3, 4, 5]);
  });

  test('none are taken where the canary has no endpoint, nor on other hosts', async () => {
    const { made, draws } = world(weights(50));
    made.scale('canary', 0);
    await canariesOf(made, 3);
    await made.send({ host: 'other.test' });
    expect(draws.drawn).toEqual([]);
  });

  test('a next try takes none: it stays with what was chosen', async () => {
    const draws = counting();
    const made = new TestIngress({ draws: draws.draws });
    made.service('main');
    made.service('canary', 3, 'refuse');
    made.load([
      ingressOf('main', { host: 'app.test', paths: { '/': 'main' } }),
      ingressOf('canary', {
        host: 'app.test',
        paths: { '/': 'canary' },
        annotations: { canary: 'true', ...weights(100) },
        age: 1,
      }),
    ]);
    made.start();
    expect((await made.send({ host: 'app.test' })).status).toBe(502);
    expect(draws.drawn).toEqual([1]);
    expect(made.records.newest(1)[0]).toMatchObject({ tries: 3, toCanary: true, canary: 'weight' });
  });

  test('clients and load have streams of their own, one for each main upstream', async () => {
    const { made, draws } = world(weights(50));
    await made.send({ host: 'app.test' });
    await made.send({ host: 'app.test', origin: 'load' });
    await made.send({ host: 'app.test' });
    expect(draws.names).toEqual(['canary/client/default-main-80', 'canary/load/default-main-80']);
    expect(draws.drawn).toEqual([1, 1, 2]);
  });

  test('a reload leaves the stream where it is', async () => {
    const { made, draws } = world(weights(50));
    await canariesOf(made, 2);
    made.load([ingressOf('more', { host: 'more.test', paths: { '/': 'main' }, age: 2 })]);
    made.scale('main', 2);
    await canariesOf(made, 2);
    expect(draws.drawn).toEqual([1, 2, 3, 4]);
  });
});

test('the same seed gives the same sequence of Services, another seed another one', async () => {
  const sequence = async (seed: number) => {
    const made = new TestIngress({ seed });
    made.service('main', 3);
    made.service('canary', 2);
    made.load([
      ingressOf('main', { host: 'app.test', paths: { '/': 'main' } }),
      ingressOf('canary', {
        host: 'app.test',
        paths: { '/': 'canary' },
        annotations: { canary: 'true', ...weights(50) },
        age: 1,
      }),
    ]);
    made.start();
    const answers: (string | undefined)[] = [];
    for (let i = 0; i < 60; i++) answers.push(echoOf(await made.send({ host: 'app.test' }))?.service);
    return answers;
  };
  expect(await sequence(1)).toEqual(await sequence(1));
  expect(await sequence(1)).not.toEqual(await sequence(2));
});

describe('precedence', () => {
  type Case = { value: string | undefined; cookie: string | undefined; headerValue: string };

  /** What balancer.lua decides, said once more in other words. */
  function expected({ value, cookie, headerValue }: Case): string {
    if (value !== undefined && headerValue !== '' && value === headerValue) return 'canary';
    if (value !== undefined && headerValue === '' && value === 'always') return 'canary';
    if (value !== undefined && headerValue === '' && value === 'never') return 'main';
    if (cookie === 'always') return 'canary';
    if (cookie === 'never') return 'main';
    return 'weight';
  }

  test('header, then cookie, then weight', async () => {
    const words = fc.constantFrom(undefined, 'always', 'never', 'Always', 'bar', 'x');
    await fc.assert(
      fc.asyncProperty(
        fc.record({ value: words, cookie: words, headerValue: fc.constantFrom('', 'bar') }),
        async (each) => {
          const annotations = {
            'canary-by-header': 'FOO',
            'canary-by-cookie': 'c',
            ...(each.headerValue === '' ? {} : { 'canary-by-header-value': each.headerValue }),
          };
          const { made } = world(annotations);
          const headers = [
            ...(each.value === undefined ? [] : ['foo', each.value]),
            ...(each.cookie === undefined ? [] : ['Cookie', `C=${each.cookie}`]),
          ];
          await made.send({ host: 'app.test', headers });
          const record = made.records.newest(1)[0];
          const decided = record?.canary === 'weight' ? 'weight' : record?.toCanary === true ? 'canary' : 'main';
          expect(decided).toBe(expected(each));
        },
      ),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { echoOf } from '../../../conformance/ingress-nginx/backends.ts';
import { ingressOf } from '../../testing/ingress-of.ts';
import { answered, ClientResponse, edgeRequest } from '../../testing/test-client.ts';
import { TestIngress } from '../../testing/test-ingress.ts';

function world(endpoints: number, behaviour?: string, annotations: Record<string, string> = {}) {
  const made = new TestIngress();
  made.service('web', endpoints, behaviour);
  made.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, annotations })]);
  made.start();
  return made;
}

const record = (made: TestIngress) => made.records.newest(1)[0];
const secondsOf = (made: TestIngress) => (record(made)?.duration ?? 0) / 1000;

describe('tries', () => {
  test('a pod that refuses is passed over: three tries at most', async () => {
    const made = world(5, 'refuse');
    expect((await made.send({ host: 'app.test' })).status).toBe(502);
    expect(record(made)).toMatchObject({ tries: 3, status: 502, reason: 'refused', upstreamStatus: 502 });
    expect(record(made)?.attempts?.map(({ failure, status }) => [failure, status])).toEqual(
      Array(3).fill(['refused', 502]),
    );
  });

  test.each([
    ['1', 1],
    ['2', 2],
    ['0', 100],
  ])('proxy-next-upstream-tries %s: %i', async (tries, expected) => {
    const made = world(3, 'refuse', { 'proxy-next-upstream-tries': tries });
    await made.send({ host: 'app.test' });
    expect(record(made)?.tries).toBe(expected);
  });

  test('proxy-next-upstream off: one', async () => {
    const made = world(3, 'one-refuses', { 'proxy-next-upstream': 'off' });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await made.send({ host: 'app.test' })).status);
    expect(statuses.sort()).toEqual([200, 200, 502]);
  });

  test('a body goes to the next pod whole, announced or not', async () => {
    const made = world(2, 'one-refuses');
    for (const chunked of [false, true]) {
      for (let i = 0; i < 2; i++) {
        const answer = await made.send({ host: 'app.test', method: 'POST', body: 'hello', chunked });
        expect(echoOf(answer)?.body).toBe('hello');
      }
    }
  });

  test('what a pod has begun with is not sent again, unless it is idempotent or the manifest says so', async () => {
    const statusesWith = async (method: string, next: string) => {
      const made = world(2, 'one-500', { 'proxy-next-upstream': next });
      const answers = [];
      for (let i = 0; i < 2; i++) answers.push((await made.send({ host: 'app.test', method, body: 'x' })).status);
      return answers.sort();
    };
    expect(await statusesWith('POST', 'error http_500')).toEqual([200, 500]);
    expect(await statusesWith('POST', 'error http_500 non_idempotent')).toEqual([200, 200]);
    expect(await statusesWith('PUT', 'error http_500')).toEqual([200, 200]);
  });
});

describe('time', () => {
  test('a pod that does not answer: proxy-read-timeout for each try', async () => {
    const made = world(2, 'hang', { 'proxy-read-timeout': '7' });
    expect((await made.send({ host: 'app.test' })).status).toBe(504);
    expect(record(made)).toMatchObject({ tries: 3, reason: 'read-timeout' });
    expect(secondsOf(made)).toBe(21);
  });

  test('an address that nobody has: proxy-connect-timeout', async () => {
    const made = world(1, undefined, { 'proxy-connect-timeout': '2' });
    made.scale('web', 0);
    made.scale('web', 1, '10.244.9.9');
    expect((await made.send({ host: 'app.test' })).status).toBe(504);
    expect(record(made)).toMatchObject({ tries: 3, reason: 'connect-timeout' });
    expect(secondsOf(made)).toBe(6);
  });

  test('proxy-next-upstream-timeout ends the tries', async () => {
    const made = world(2, 'hang', { 'proxy-read-timeout': '5', 'proxy-next-upstream-timeout': '8' });
    await made.send({ host: 'app.test' });
    expect(record(made)?.tries).toBe(2);
  });

  test('a client that leaves is logged as 499', async () => {
    const made = world(1, 'hang');
    const response = new ClientResponse();
    made.replicas[0]?.listener(80)?.http?.(edgeRequest({ host: 'app.test' }), response);
    made.advance(3000);
    response.leave();
    expect(record(made)).toMatchObject({ status: 499, reason: 'client-closed', duration: 3000 });
    made.advance(120_000);
    expect(made.records.finished).toBe(1);
  });
});

describe('bodies', () => {
  test.each([
    ['announced', false],
    ['not announced', true],
  ])('%s, one byte too long: 413', async (_name, chunked) => {
    const made = world(1, undefined, { 'proxy-body-size': '10' });
    const statusOf = async (length: number) =>
      (await made.send({ host: 'app.test', method: 'POST', body: 'x'.repeat(length), chunked })).status;
    expect(await statusOf(10)).toBe(200);
    expect(await statusOf(11)).toBe(413);
  });

  test('a pod that breaks off in the middle breaks the client’s connection', async () => {
    const made = world(0);
    made.network.attach('10.244.9.8', {
      listener: () => ({
        http: (_request, response) => {
          response.writeHead(200, ['Content-Length', '10']);
          response.write('hal');
          response.destroy();
        },
      }),
    });
    made.scale('web', 1, '10.244.9.8');
    const response = new ClientResponse();
    made.replicas[0]?.listener(80)?.http?.(edgeRequest({ host: 'app.test' }), response);
    await answered([response], made.server.clock);
    expect(response).toMatchObject({ closed: true, body: 'hal', status: 0 });
    expect(record(made)).toMatchObject({ status: 200, reason: 'reset', bytesSent: 3 });
  });

  test('HEAD has no body, whatever the pod sends', async () => {
    const made = world(1);
    const answer = await made.send({ host: 'app.test', method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(record(made)?.bytesSent).toBe(0);
  });
});

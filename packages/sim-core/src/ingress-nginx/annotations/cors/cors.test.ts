import { describe, expect, test } from 'vitest';
import { serve } from '../../testing/served.ts';

const origin = (value: string) => ({ headers: ['Origin', value] });

describe('enable-cors', () => {
  test('everybody may ask by default, and is told what else is allowed', async () => {
    const answer = await serve({ 'enable-cors': 'true' }).get('/', origin('https://a.test'));
    expect(answer.header('access-control-allow-origin')).toBe('*');
    expect(answer.header('access-control-allow-methods')).toBe('GET, PUT, POST, DELETE, PATCH, OPTIONS');
    expect(answer.header('access-control-allow-headers')).toMatch(/^DNT,.*,Authorization$/);
    expect(answer.header('access-control-allow-credentials')).toBe('true');
    expect(answer.header('access-control-max-age')).toBe('1728000');
    expect(answer.header('access-control-expose-headers')).toBeUndefined();
  });

  test('a preflight is answered by nginx', async () => {
    const answer = await serve({ 'enable-cors': 'true' }).get('/', { method: 'OPTIONS' });
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.header('access-control-allow-origin')).toBe('*');
    expect(answer.header('content-type')).toBe('text/plain charset=UTF-8');
    expect(answer.header('content-length')).toBe('0');
  });

  test('what the annotations say', async () => {
    const annotations = {
      'enable-cors': 'true',
      'cors-allow-origin': 'https://a.test',
      'cors-allow-methods': 'GET',
      'cors-allow-headers': 'X-A',
      'cors-allow-credentials': 'false',
      'cors-expose-headers': 'X-B',
      'cors-max-age': '60',
    };
    const answer = await serve(annotations).get('/', origin('https://a.test'));
    const [methods, headers, credentials, expose, age] = ['methods', 'headers', 'credentials']
      .map((name) => answer.header(`access-control-allow-${name}`))
      .concat(answer.header('access-control-expose-headers'), answer.header('access-control-max-age'));
    expect([methods, headers, credentials, expose, age]).toEqual(['GET', 'X-A', undefined, 'X-B', '60']);
  });

  test.each([
    ['https://a.test', 'https://a.test', true],
    ['https://a.test', 'HTTPS://A.TEST', true],
    ['https://a.test', 'https://xa.test', false],
    ['https://a.test', 'https://a.test.evil', false],
    ['https://*.a.test', 'https://b.a.test', true],
    ['https://*.a.test', 'https://c.b.a.test', false],
    ['https://*.a.test', 'https://a.test', false],
    ['https://a.test,http://b.test:8080', 'http://b.test:8080', true],
    ['https://a.test', 'null', false],
    ['https://a.test,null', 'null', true],
    ['https://a.test,', 'https://b.test', true],
    ['https://a.test,nonsense', 'https://b.test', false],
  ])('%s for %s: %s', async (allowed, asked, expected) => {
    const { get } = serve({ 'enable-cors': 'true', 'cors-allow-origin': allowed });
    const answer = await get('/', origin(asked));
    expect(answer.header('access-control-allow-origin')).toBe(expected ? asked : undefined);
    expect((await get('/', { ...origin(asked), method: 'OPTIONS' })).status).toBe(expected ? 204 : 200);
  });

  test('a list with an origin that cannot be one counts as none: everybody may ask', async () => {
    const { get } = serve({ 'enable-cors': 'true', 'cors-allow-origin': 'https://a.test/x' });
    expect((await get('/', origin('https://b.test'))).header('access-control-allow-origin')).toBe('*');
  });

  test('long nonsense is refused at once', () => {
    for (const name of ['cors-allow-origin', 'cors-allow-methods', 'cors-expose-headers'])
      expect(serve({ 'enable-cors': 'true', [name]: `${'a'.repeat(100_000)};` }).replica.failure()).toBe('');
  });

  test('the pod’s own headers of that kind give way', async () => {
    const { get, world } = serve({ 'enable-cors': 'true' }, { endpoints: 0 });
    world.network.attach('10.244.9.7', {
      listener: () => ({
        http: (_request, response) => {
          response.writeHead(200, ['Access-Control-Allow-Origin', 'https://pod.test', 'Content-Length', '0']);
          response.end();
        },
      }),
    });
    world.scale('web', 1, '10.244.9.7');
    const { headers } = await get();
    expect(headers.filter((name) => name.toLowerCase() === 'access-control-allow-origin')).toHaveLength(1);
  });

  test('comes before https and before the 503 of a Service without pods', async () => {
    const { get } = serve({ 'enable-cors': 'true' }, { endpoints: 0, tls: true });
    expect((await get('/', { method: 'OPTIONS' })).status).toBe(204);
  });
});

import { describe, expect, test } from 'vitest';
import type { Echo } from '../../conformance/ingress-nginx/backends.ts';
import { serve } from '../testing/served.ts';

/* What keys of the ConfigMap do to every request. */

const CLIENT = '198.51.100.7';

/** What the pod saw of a request from {@link CLIENT}, under these settings. */
async function seen(configMap: Record<string, string>, headers: readonly string[] = []): Promise<Echo['headers']> {
  const { get } = serve({}, { configMap });
  const { body } = await get('/', { headers, remoteAddress: CLIENT });
  return (JSON.parse(body) as Echo).headers;
}

describe('who asks', () => {
  const HOPS = ['X-Forwarded-For', '203.0.113.1, 203.0.113.2'];
  test.each([
    [{}, HOPS, CLIENT],
    [{ 'use-forwarded-headers': 'true' }, HOPS, '203.0.113.1'],
    [{ 'enable-real-ip': 'true' }, HOPS, '203.0.113.1'],
    [{ 'enable-real-ip': 'true', 'proxy-real-ip-cidr': '10.0.0.0/8' }, HOPS, CLIENT],
    [{ 'enable-real-ip': 'true', 'proxy-real-ip-cidr': '198.51.100.0/24' }, HOPS, '203.0.113.2'],
    [{ 'enable-real-ip': 'true', 'proxy-real-ip-cidr': `${CLIENT}, 203.0.113.2` }, HOPS, '203.0.113.1'],
    [{ 'enable-real-ip': 'true' }, ['X-Forwarded-For', '203.0.113.1, nobody'], CLIENT],
    [{ 'enable-real-ip': 'true', 'forwarded-for-header': 'X-Client' }, ['X-Client', '203.0.113.9'], '203.0.113.9'],
  ])('%j with %j: %s', async (configMap, headers, expected) => {
    const { 'x-real-ip': address } = await seen(configMap as Record<string, string>, headers);
    expect(address).toBe(expected);
  });

  test('what the client sent as forwarded-for-header comes to the pod beside it', async () => {
    const headers = ['X-Client', '203.0.113.9', 'X-Forwarded-For', '203.0.113.1'];
    const got = await seen({ 'forwarded-for-header': 'X-Client' }, headers);
    expect(got['x-original-forwarded-for']).toBe('203.0.113.9');
    expect(got['x-forwarded-for']).toBe(CLIENT);
  });
});

describe('who is kept out', () => {
  test.each([
    [{ 'block-user-agents': '~*bot,wget/1.21' }, ['User-Agent', 'GoodBot/1'], 403],
    [{ 'block-user-agents': '~bot,wget/1.21' }, ['User-Agent', 'GoodBot/1'], 200],
    [{ 'block-user-agents': '~*bot,wget/1.21' }, ['User-Agent', 'Wget/1.21'], 403],
    [{ 'block-user-agents': '~*bot,wget/1.21' }, ['User-Agent', 'wget/1.2'], 200],
    [{ 'block-referers': '~spam\\.test' }, ['Referer', 'http://spam.test/'], 403],
    [{ 'block-referers': '~spam\\.test' }, [], 200],
    [{ 'block-cidrs': '198.51.100.0/24' }, [], 403],
    [{ 'block-cidrs': '192.0.2.0/24' }, [], 200],
  ])('%j with %j: %i', async (configMap, headers, status) => {
    const { get } = serve({}, { configMap: configMap as Record<string, string> });
    expect((await get('/', { headers, remoteAddress: CLIENT })).status).toBe(status);
  });

  test('block-cidrs does not count where a location has a list of its own', async () => {
    const configMap = { 'block-cidrs': '198.51.100.0/24' };
    const { get } = serve({ 'allowlist-source-range': '198.51.100.0/24' }, { configMap });
    expect((await get('/', { remoteAddress: CLIENT })).status).toBe(200);
  });
});

describe('headers', () => {
  test('hide-headers keeps those of a pod from the client', async () => {
    const { get } = serve({}, { configMap: { 'hide-headers': 'X-Other,x-backend' } });
    expect((await get()).header('x-backend')).toBeUndefined();
    expect((await serve({}).get()).header('x-backend')).toBe('web');
  });

  test('without ignore-invalid-headers every name comes to the pod', async () => {
    expect(await seen({}, ['x_a', '1', 'x!b', '2'])).not.toHaveProperty('x_a');
    expect(await seen({ 'ignore-invalid-headers': 'false' }, ['x_a', '1', 'x!b', '2'])).toMatchObject({
      x_a: '1',
      'x!b': '2',
    });
  });

  test('without connections that are kept, pods are told to close', async () => {
    expect(await seen({})).not.toHaveProperty('connection');
    expect(await seen({ 'upstream-keepalive-connections': '0' })).toMatchObject({ connection: 'close' });
  });
});

describe('limit-conn-zone-variable', () => {
  const limits = { 'limit-rpm': '1', 'limit-burst-multiplier': '1' };
  const configMap = { 'limit-conn-zone-variable': '$http_x_user' };

  test('counts by something else than the address', async () => {
    const { get } = serve(limits, { configMap });
    const statuses: number[] = [];
    for (const user of ['ann', 'ann', 'ann', 'bob'])
      statuses.push((await get('/', { headers: ['X-User', user], remoteAddress: CLIENT })).status);
    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  test('who has none is not counted', async () => {
    const { get } = serve(limits, { configMap });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await get('/', { remoteAddress: CLIENT })).status);
    expect(statuses).toEqual([200, 200, 200, 200]);
  });
});

test('with retry-non-idempotent a POST is tried again, too', async () => {
  const annotations = { 'proxy-next-upstream': 'http_500' };
  const statuses = async (configMap: Record<string, string>) => {
    const { get } = serve(annotations, { configMap, endpoints: 2, behaviour: 'one-500' });
    return [await get('/', { method: 'POST' }), await get('/', { method: 'POST' })].map(({ status }) => status).sort();
  };
  expect(await statuses({})).toEqual([200, 500]);
  expect(await statuses({ 'retry-non-idempotent': 'true' })).toEqual([200, 200]);
});

test.each([
  [{ 'client-header-buffer-size': 'much' }, '"client_header_buffer_size" directive invalid value'],
  [{ 'limit-req-status-code': '200' }, 'value must be between 400 and 599'],
  [{ 'block-cidrs': 'nobody' }, 'invalid parameter "nobody"'],
  [{ 'block-user-agents': 'a b' }, 'invalid number of the map parameters'],
  [{ 'log-format-upstream': '$nothing' }, 'unknown "nothing" variable'],
  [{ 'hide-headers': '{' }, 'directive "proxy_hide_header" is not terminated by ";"'],
  [{ 'hide-headers': 'X-A X-B' }, 'invalid number of arguments in "proxy_hide_header" directive'],
])('nginx does not load %j', (configMap, reason) => {
  const { replica } = serve({}, { configMap: configMap as Record<string, string> });
  expect(replica.failure()).toBe(`nginx: [emerg] ${reason}`);
});

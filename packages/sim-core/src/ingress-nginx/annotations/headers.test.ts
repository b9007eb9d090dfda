import { describe, expect, test } from 'vitest';
import { configMapOf, serve } from '../testing/served.ts';

/* upstream-vhost, backend-protocol, connection-proxy-header, custom-headers; add-headers and proxy-set-headers of the ConfigMap. */

test.each([
  ['web.internal', 'web.internal'],
  ['$service_name.$namespace.svc', 'web.default.svc'],
])('upstream-vhost %s: the pod gets Host %s, the original stays in X-Forwarded-Host', async (value, host) => {
  const { echo } = await serve({ 'upstream-vhost': value }).get();
  expect(echo?.headers).toMatchObject({ host, 'x-forwarded-host': 'app.test' });
});

test.each([
  ['HTTPS', 502],
  ['grpc', 502],
  ['FCGI', 502],
  ['AUTO_HTTP', 200],
  ['nonsense', 200],
])('backend-protocol %s of pods that speak plain HTTP: %i', async (value, status) => {
  expect((await serve({ 'backend-protocol': value }).get()).status).toBe(status);
});

describe('connection-proxy-header', () => {
  test('stands in place of what the client’s Upgrade asks for', async () => {
    const upgrade = { headers: ['Connection', 'Upgrade', 'Upgrade', 'websocket'] };
    const { get } = serve({ 'connection-proxy-header': 'close' });
    expect((await get('/', upgrade)).echo?.headers).toMatchObject({ connection: 'close', upgrade: 'websocket' });
  });
});

describe('custom-headers', () => {
  const headers = configMapOf('h', { 'X-Ours': 'yes $5', 'X-Other': 'b' });
  const with_ = (allowed: string, name = 'default/h') => {
    const served = serve({ 'custom-headers': name }, { prepare: (world) => world.load([headers]) });
    served.world.configure({ 'global-allowed-response-headers': allowed });
    return served;
  };

  test('are on every answer where all of them are allowed', async () => {
    const { get, world } = with_('X-Ours,X-Other');
    expect((await get()).header('x-ours')).toBe('yes $5');
    world.scale('web', 0);
    const failed = await get();
    expect([failed.status, failed.header('x-other')]).toEqual([503, 'b']);
  });

  test('without value take a pod’s header off', async () => {
    const none = configMapOf('h', { 'X-Backend': '' });
    const { get, world } = serve({ 'custom-headers': 'default/h' }, { prepare: (prepared) => prepared.load([none]) });
    expect((await get()).status).toBe(503);
    world.configure({ 'global-allowed-response-headers': 'X-Backend' });
    expect((await get()).header('x-backend')).toBeUndefined();
  });

  test.each([
    ['one is not allowed', 'X-Ours', 'default/h'],
    ['one is allowed in other letters only', 'X-Ours,x-other', 'default/h'],
    ['the ConfigMap has no namespace', 'X-Ours,X-Other', 'h'],
    ['there is no such ConfigMap', 'X-Ours,X-Other', 'default/missing'],
  ])('503 where %s', async (_name, allowed, name) => {
    expect((await with_(allowed, name).get()).status).toBe(503);
  });
});

describe('the ConfigMap', () => {
  test('add-headers and proxy-set-headers name ConfigMaps', async () => {
    const { get, world } = serve({});
    world.load([configMapOf('add', { 'X-Added': 'a' }), configMapOf('set', { 'X-Set': 's' })]);
    world.configure({ 'add-headers': 'default/add', 'proxy-set-headers': 'default/set' });
    const answer = await get('/', { headers: ['X-Set', 'client'] });
    expect(answer.header('x-added')).toBe('a');
    expect(answer.echo?.headers['x-set']).toBe('s');
    world.load([configMapOf('add', { 'X-Added': 'b' })]);
    expect((await get()).header('x-added')).toBe('b');
  });

  test('their values may hold variables, and an answer has each header once', async () => {
    const { get, world } = serve({});
    world.load([configMapOf('add', { 'X-Backend': 'for $host' }), configMapOf('set', { 'X-Set': '$uri', 'X-No': '' })]);
    world.configure({ 'add-headers': 'default/add', 'proxy-set-headers': 'default/set' });
    const answer = await get('/p', { headers: ['X-No', 'client'] });
    expect(answer.headers.filter((_, index) => answer.headers[index - 1] === 'X-Backend')).toEqual(['for app.test']);
    expect(answer.echo?.headers).toMatchObject({ 'x-set': '/p' });
    expect(answer.echo?.headers).not.toHaveProperty('x-no');
  });

  test('a variable that nobody knows keeps the configuration from being loaded', () => {
    const { world, replica } = serve({});
    world.load([configMapOf('set', { 'X-Set': '$nonsense' })]);
    world.configure({ 'proxy-set-headers': 'default/set' });
    expect(replica.failure()).toBe('nginx: [emerg] unknown "nonsense" variable');
  });
});

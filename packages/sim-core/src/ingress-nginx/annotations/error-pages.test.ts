import { describe, expect, test } from 'vitest';
import { ingressOf } from '../testing/ingress-of.ts';
import { serve } from '../testing/served.ts';

/* default-backend, custom-http-errors, disable-proxy-intercept-errors. */

const withErrors = (
  annotations: Record<string, string>,
  options: { endpoints?: number; behaviour?: string; errors?: string } = {},
) =>
  serve(annotations, {
    ...(options.endpoints === undefined ? {} : { endpoints: options.endpoints }),
    ...(options.behaviour === undefined ? {} : { behaviour: options.behaviour }),
    prepare: (world) => world.service('errors', 1, options.errors),
  });

describe('default-backend', () => {
  test('answers while the Service has no endpoints, and is told what for', async () => {
    const { get, world } = withErrors({ 'default-backend': 'errors' }, { endpoints: 0 });
    const { status, echo } = await get('/a?b=c', { headers: ['Accept', 'text/html'] });
    expect(status).toBe(200);
    expect(echo).toMatchObject({ service: 'errors', url: '/a?b=c' });
    expect(echo?.headers).toMatchObject({
      'x-code': '503',
      'x-format': 'text/html',
      'x-namespace': 'default',
      'x-ingress-name': 'web',
      'x-service-name': 'web',
      'x-service-port': '80',
    });
    world.scale('web', 1);
    expect((await get()).echo).toMatchObject({ service: 'web' });
    expect((await get()).echo?.headers['x-code']).toBeUndefined();
  });

  test('without endpoints of its own it is not used', async () => {
    const { get } = serve(
      { 'default-backend': 'errors' },
      { endpoints: 0, prepare: (world) => world.service('errors', 0) },
    );
    expect((await get()).status).toBe(503);
  });

  test('a Service that does not exist is passed over, one that cannot exist keeps the Ingress out', async () => {
    expect((await serve({ 'default-backend': 'missing' }).get()).status).toBe(200);
    expect((await serve({ 'default-backend': 'No_Name' }).get()).status).toBe(404);
  });
});

describe('custom-http-errors', () => {
  test('a pod’s error goes to the default backend: root path, query, headers, its own status', async () => {
    const { get } = withErrors(
      { 'default-backend': 'errors', 'custom-http-errors': '418,503' },
      { behaviour: 'status:418' },
    );
    const { status, echo } = await get('/a?b=c', { method: 'POST', body: 'x' });
    expect(status).toBe(200);
    expect(echo).toMatchObject({ service: 'errors', url: '/?b=c', method: 'POST' });
    expect(echo?.headers).toMatchObject({ 'x-code': '418', 'x-original-uri': '/a?b=c', 'x-service-name': 'web' });
  });

  test('the status of the default backend is the client’s', async () => {
    const { get } = withErrors(
      { 'default-backend': 'errors', 'custom-http-errors': '418' },
      { behaviour: 'status:418', errors: 'status:404' },
    );
    expect((await get()).status).toBe(404);
  });

  test.each<[string, Record<string, string>, { endpoints?: number; behaviour?: string }, string]>([
    ['nginx’s own 502', {}, { behaviour: 'refuse' }, '502'],
    ['nginx’s own 403', { 'denylist-source-range': '127.0.0.1' }, {}, '403'],
    ['nginx’s own 503', {}, { endpoints: 0 }, '503'],
  ])('%s', async (_name, annotations, options, code) => {
    const { get } = withErrors(
      { ...annotations, 'default-backend': 'errors', 'custom-http-errors': '403,502' },
      options,
    );
    expect((await get()).echo?.headers['x-code']).toBe(code);
  });

  test('what is not listed passes', async () => {
    const { get } = withErrors(
      { 'default-backend': 'errors', 'custom-http-errors': '404' },
      { behaviour: 'status:418' },
    );
    expect((await get()).status).toBe(418);
  });

  test('without default-backend the controller’s own 404 answers', async () => {
    const { get } = serve({ 'custom-http-errors': '418' }, { behaviour: 'status:418' });
    expect((await get()).status).toBe(404);
  });

  test('disable-proxy-intercept-errors lets the pods’ own errors through', async () => {
    const annotations = {
      'default-backend': 'errors',
      'custom-http-errors': '418,502',
      'disable-proxy-intercept-errors': 'true',
    };
    expect((await withErrors(annotations, { behaviour: 'status:418' }).get()).status).toBe(418);
    expect((await withErrors(annotations, { behaviour: 'refuse' }).get()).echo?.service).toBe('errors');
  });

  test('blanks between the statuses: the list is passed over', async () => {
    const { get } = serve({ 'custom-http-errors': '418, 502' }, { behaviour: 'status:418' });
    expect((await get()).status).toBe(418);
  });

  test('in the ConfigMap they hold for all, and go to the controller’s default backend, whatever default-backend says', async () => {
    const { world } = withErrors({}, { behaviour: 'status:418' });
    world.load([
      ingressOf('other', { host: 'other.test', paths: { '/': 'web' }, annotations: { 'default-backend': 'errors' } }),
    ]);
    world.configure({ 'custom-http-errors': '418' });
    expect((await world.send({ host: 'other.test' })).status).toBe(404);
    world.configure({ 'custom-http-errors': '418', 'disable-proxy-intercept-errors': 'true' });
    expect((await world.send({ host: 'other.test' })).status).toBe(418);
  });

  test('the error backend is told what is wrong and what the client said, and nothing else', async () => {
    const { get } = withErrors(
      { 'default-backend': 'errors', 'custom-http-errors': '418' },
      { behaviour: 'status:418' },
    );
    const headers = ['X-Forwarded-For', '192.0.2.1', 'X-Code', '7', 'Upgrade', 'x', 'Cookie', 'a=b', 'X_Under', '1'];
    const { echo } = await get('/', { headers });
    const { 'x-request-id': id, ...others } = echo?.headers ?? {};
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual({
      host: 'app.test',
      connection: 'close',
      'x-code': '418',
      'x-original-uri': '/',
      'x-namespace': 'default',
      'x-ingress-name': 'web',
      'x-service-name': 'web',
      'x-service-port': '80',
      'x-forwarded-for': '192.0.2.1',
      cookie: 'a=b',
    });
  });

  test('a denied location has no error pages of its own', async () => {
    const { get } = withErrors({
      'default-backend': 'errors',
      'custom-http-errors': '503',
      'allowlist-source-range': 'nonsense',
      'proxy-body-size': '1',
    });
    expect(await get('/', { method: 'POST', body: 'xx' })).toMatchObject({ status: 503, echo: undefined });
  });
});

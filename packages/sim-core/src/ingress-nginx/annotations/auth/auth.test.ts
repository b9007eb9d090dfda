import { describe, expect, test } from 'vitest';
import { secretOf, serve } from '../../testing/served.ts';

const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Members only' };
const USERS = secretOf('users', { auth: 'foo:{PLAIN}bar\n# nobody\nann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/\n' });
const as = (credentials: string) => ({ headers: ['Authorization', `Basic ${btoa(credentials)}`] });

const protect = (annotations: Record<string, string> = BASIC, secret: unknown = USERS) =>
  serve(annotations, { prepare: (world) => world.load([secret]) });

describe('basic authentication', () => {
  test.each([
    ['foo:bar', 200],
    ['ann:secret', 200],
    ['foo:baz', 401],
    ['foo:', 401],
    ['nobody:bar', 401],
    ['foobar', 401],
  ])('%s: %i', async (credentials, status) => {
    expect((await protect().get('/', as(credentials))).status).toBe(status);
  });

  test('who says nothing is asked, with the realm', async () => {
    const answer = await protect().get();
    expect(answer.status).toBe(401);
    expect(answer.header('www-authenticate')).toBe('Basic realm="Members only"');
    expect(answer.body).toContain('401 Authorization Required');
  });

  test('the pod never sees the password; the access log has the name', async () => {
    const { get, replica } = protect();
    expect((await get('/', as('foo:bar'))).echo?.headers['authorization']).toBeUndefined();
    expect(replica.logged()[0]).toMatch(/^127\.0\.0\.1 - foo \[/);
  });

  test('without the annotation the password is the pod’s own business', async () => {
    const { get } = serve({});
    expect((await get('/', as('foo:bar'))).echo?.headers['authorization']).toBe(`Basic ${btoa('foo:bar')}`);
  });

  test('a Secret with a key for each name', async () => {
    const { get } = protect({ ...BASIC, 'auth-secret-type': 'auth-map' }, secretOf('users', { foo: '{PLAIN}bar' }));
    expect((await get('/', as('foo:bar'))).status).toBe(200);
  });

  test.each<[string, Record<string, string>, unknown]>([
    ['no Secret', BASIC, secretOf('others', {})],
    ['no key auth', BASIC, secretOf('users', { passwords: 'x' })],
    [
      'a Secret of another namespace',
      { ...BASIC, 'auth-secret': 'other/users' },
      secretOf('users', { auth: 'a:b' }, 'other'),
    ],
    ['digest', { ...BASIC, 'auth-type': 'digest' }, USERS],
  ])('%s: 503, and an event that says why', async (_name, annotations, secret) => {
    const { get, world } = protect(annotations, secret);
    expect((await get('/', as('foo:bar'))).status).toBe(503);
    expect(world.eventsOn('web').some(({ reason }) => reason === 'AnnotationParsingFailed')).toBe(true);
  });

  test('a password that is changed counts at once', async () => {
    const { get, world } = protect();
    await get('/', as('foo:bar'));
    world.load([secretOf('users', { auth: 'foo:{PLAIN}new' })]);
    expect((await get('/', as('foo:bar'))).status).toBe(401);
    expect((await get('/', as('foo:new'))).status).toBe(200);
  });
});

describe('satisfy', () => {
  const range = { 'allowlist-source-range': '10.0.0.0/8' };
  test.each([
    ['all', '10.0.0.1', 'foo:bar', 200],
    ['all', '11.0.0.1', 'foo:bar', 403],
    ['all', '10.0.0.1', 'foo:x', 401],
    ['any', '10.0.0.1', 'foo:x', 200],
    ['any', '11.0.0.1', 'foo:bar', 200],
    ['any', '11.0.0.1', 'foo:x', 401],
  ])('%s, from %s as %s: %i', async (satisfy, remoteAddress, credentials, status) => {
    const { get } = protect({ ...BASIC, ...range, satisfy });
    expect((await get('/', { ...as(credentials), remoteAddress })).status).toBe(status);
  });
});

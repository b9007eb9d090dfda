import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretOf, serve } from '../../testing/served.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

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

describe('digest authentication', () => {
  const SECRET = md5('alice:Members only:wonder');
  const realm = () =>
    protect({ ...BASIC, 'auth-type': 'digest' }, secretOf('users', { auth: `alice:Members only:${SECRET}\n` }));
  type Served = ReturnType<typeof realm>;

  const nonceIn = (answer: { header(name: string): string | undefined }) =>
    /nonce="([0-9a-f]{16})"/.exec(answer.header('www-authenticate') ?? '')?.[1] ?? '';
  const answerTo = (nonce: string, { uri = '/p?q', nc = '00000001', secret = SECRET, username = 'alice' } = {}) => {
    const response = md5(`${secret}:${nonce}:${nc}:c:auth:${md5(`GET:${uri}`)}`);
    const fields = `username="${username}", realm="Members only", nonce="${nonce}", uri="${uri}", qop=auth, nc=${nc}, cnonce="c", response="${response}"`;
    return { headers: ['Authorization', `Digest ${fields}`] };
  };
  const ask = async ({ get }: Served) => nonceIn(await get('/p?q'));

  test('who says nothing is asked; who answers is let in, and told that the server knows the password, too', async () => {
    const served = realm();
    const asked = await served.get('/p?q');
    expect(asked.status).toBe(401);
    expect(asked.header('www-authenticate')).toMatch(
      /^Digest algorithm="MD5", qop="auth", realm="Members only", nonce="[0-9a-f]{16}"$/,
    );
    const nonce = nonceIn(asked);
    const answer = await served.get('/p?q', answerTo(nonce));
    expect(answer.status).toBe(200);
    expect(answer.header('authentication-info')).toBe(
      `qop="auth", rspauth="${md5(`${SECRET}:${nonce}:00000001:c:auth:${md5(':/p?q')}`)}", cnonce="c", nc=00000001`,
    );
    expect(answer.echo?.headers['authorization']).toBeUndefined();
  });

  test.each([
    ['a wrong password', { secret: md5('alice:Members only:x') }],
    ['another path than the one that is asked for', { uri: '/other' }],
    ['nobody of that name', { username: 'bob' }],
  ])('%s: 401', async (_name, options) => {
    const served = realm();
    const answer = await served.get('/p?q', answerTo(await ask(served), options));
    expect(answer.status).toBe(401);
    expect(answer.header('www-authenticate')).not.toContain('stale');
  });

  test('an answer counts once, and a number for a while: what is right but late is told to be stale', async () => {
    const served = realm();
    const nonce = await ask(served);
    expect((await served.get('/p?q', answerTo(nonce))).status).toBe(200);
    expect((await served.get('/p?q', answerTo(nonce))).header('www-authenticate')).toContain('stale="true"');
    expect((await served.get('/p?q', answerTo(nonce, { nc: '00000002' }))).status).toBe(200);
    served.world.advance(11_000);
    expect((await served.get('/p?q', answerTo(nonce, { nc: '00000003' }))).status).toBe(401);
    expect((await served.get('/p?q', answerTo('0123456789abcdef'))).status).toBe(401);
  });

  test('who guesses five times is not asked any more for five minutes', async () => {
    const served = realm();
    for (let i = 0; i < 5; i++) await served.get('/p?q', answerTo(await ask(served), { secret: 'x' }));
    const refused = await served.get('/p?q');
    expect([refused.status, refused.header('www-authenticate')]).toEqual([401, undefined]);
    served.world.advance(300_000);
    expect((await served.get('/p?q', answerTo(await ask(served)))).status).toBe(200);
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

import { describe, expect, test } from 'vitest';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { type IngressOptions, ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { admit, serveWebhook, WEBHOOK_FLAGS } from '../testing/test-webhook.ts';

/* validate.nginx.ingress.kubernetes.io, asked by the API server. */

const DENIED = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: ';

/** Sends Ingresses `new` to an API server that asks a running replica. */
function webhook(options: { config?: Record<string, string>; flags?: string[]; stored?: readonly unknown[] } = {}) {
  const world = new TestIngress();
  if (options.config !== undefined) world.configure(options.config);
  world.load(options.stored ?? []);
  const replica = world.start([...WEBHOOK_FLAGS, ...(options.flags ?? [])]);
  serveWebhook(world, replica);
  const send = (spec: IngressOptions, name = 'new') => {
    const { message, warnings } = admit(
      world,
      ingressOf(name, { host: 'app.test', paths: { '/': 'a' }, ...spec }) as Ingress,
    );
    return { said: message.replace(DENIED, ''), warnings, message };
  };
  return { world, replica, send };
}

const stored = (name: string, options: IngressOptions = {}) =>
  ingressOf(name, { host: 'app.test', paths: { '/': 'a' }, ...options });
const said = (spec: IngressOptions, options?: Parameters<typeof webhook>[0]) => webhook(options).send(spec).said;
const SNIPPETS_OFF = 'annotation cannot be used. Snippet directives are disabled by the Ingress administrator';
const PREFIX = 'nginx.ingress.kubernetes.io';

describe('annotations', () => {
  test('snippets, whosever they are', () => {
    expect(said({ annotations: { 'server-snippet': 'x' } })).toBe(`${PREFIX}/server-snippet ${SNIPPETS_OFF}`);
    const ingress = stored('new') as Ingress;
    const foreign = {
      ...ingress,
      metadata: { ...ingress.metadata, annotations: { 'nginx.org/location-snippet': 'x' } },
    };
    expect(admit(webhook().world, foreign).message).toBe(`${DENIED}nginx.org/location-snippet ${SNIPPETS_OFF}`);
  });

  test('snippets that are allowed are still too risky, unless the level is Critical', () => {
    const annotations = { 'configuration-snippet': 'x' };
    const config = { 'allow-snippet-annotations': 'true' };
    expect(said({ annotations }, { config })).toBe(
      'annotation group ConfigurationSnippet contains risky annotation based on ingress configuration',
    );
    expect(said({ annotations }, { config: { ...config, 'annotations-risk-level': 'Critical' } })).toBe('');
  });

  test('words that are not wanted', () => {
    const config = { 'annotation-value-word-blocklist': 'load_module, lua' };
    expect(said({ annotations: { 'upstream-vhost': 'x.lua' } }, { config })).toBe(
      `${PREFIX}/upstream-vhost annotation contains invalid word  lua`,
    );
    expect(said({ annotations: { 'upstream-vhost': 'x' } }, { config })).toBe('');
  });

  test('of two groups the first of the original is told, and of a group its risk before its values', () => {
    expect(said({ annotations: { 'upstream-vhost': 'a b', 'limit-rps': 'many' } })).toBe(
      `annotation ${PREFIX}/limit-rps contains invalid value`,
    );
  });

  test.each([
    ['a value that leaves the default', { 'proxy-body-size': 'much' }],
    ['a value that denies the location', { 'whitelist-source-range': 'everybody' }],
    ['a service that is not there', { 'default-backend': 'missing' }],
    ['a name that nobody knows', { 'no-such-thing': 'x' }],
  ])('%s is let in', (_what, annotations) => {
    expect(said({ annotations })).toBe('');
  });

  test('warnings come with a refusal too', () => {
    const { said: refusal, warnings } = webhook().send({
      annotations: { 'enable-influxdb': 'true', 'secure-verify-ca-secret': 'x' },
      paths: { '/a(b)': 'a' },
    });
    expect(refusal).toBe('ingress contains invalid paths: path /a(b) cannot be used with pathType Prefix');
    expect(warnings).toEqual([
      `annotation ${PREFIX}/enable-influxdb is deprecated`,
      `annotation ${PREFIX}/secure-verify-ca-secret is deprecated`,
      'path /a(b) cannot be used with pathType Prefix',
    ]);
  });
});

describe('--annotations-prefix', () => {
  const flags = ['--annotations-prefix=example.com'];

  /** Sends an Ingress whose annotations have whole names. */
  function send(annotations: Record<string, string>, options: Parameters<typeof webhook>[0] = {}): string {
    const { world } = webhook({ flags, ...options });
    const ingress = stored('new') as Ingress;
    return admit(world, { ...ingress, metadata: { ...ingress.metadata, annotations } }).message.replace(DENIED, '');
  }

  test('values, words and canaries are looked for under it', () => {
    expect(send({ 'example.com/limit-rps': 'many' })).toBe('annotation example.com/limit-rps contains invalid value');
    const config = { 'annotation-value-word-blocklist': 'lua' };
    expect(send({ 'example.com/upstream-vhost': 'lua' }, { config })).toBe(
      'example.com/upstream-vhost annotation contains invalid word lua',
    );
    const taken = { stored: [stored('old')] };
    expect(send({}, taken)).toMatch(/is already defined in ingress default\/old/);
    expect(send({ 'example.com/canary': 'true' }, taken)).toBe('');
  });

  test('the usual one is refused', () => {
    expect(send({ 'nginx.ingress.kubernetes.io/limit-rps': '5' })).toBe(
      "This deployment has a custom annotation prefix defined. Use 'example.com' instead of 'nginx.ingress.kubernetes.io'",
    );
  });
});

describe('paths', () => {
  test('every bad path is told', () => {
    expect(said({ paths: { '/a(b)': 'a', '/c$': { service: 'a', pathType: 'Exact' } } })).toBe(
      'ingress contains invalid paths: path /a(b) cannot be used with pathType Prefix\npath /c$ cannot be used with pathType Exact',
    );
  });

  test('strict-validate-path-type: "false" lets them in, with a warning', () => {
    const { send } = webhook({ config: { 'strict-validate-path-type': 'false' } });
    expect(send({ paths: { '/a(b)': 'a' } })).toMatchObject({
      said: '',
      warnings: ['path /a(b) cannot be used with pathType Prefix'],
    });
  });

  test('a regex that only an engine could run that goes back is refused here, in the same words', () => {
    const paths = { '/(a)\\1': { service: 'a', pathType: 'ImplementationSpecific' } };
    expect(said({ annotations: { 'use-regex': 'true' }, paths })).toBe(
      'ingress contains invalid paths: path /(a)\\1 cannot be used with pathType ImplementationSpecific',
    );
  });
});

describe('hosts and paths that are taken', () => {
  const taken = (path = '/', by = 'default/old', host = 'app.test') =>
    `host "${host}" and path "${path}" is already defined in ingress ${by}`;

  test.each<[string, IngressOptions, IngressOptions, string]>([
    ['the same path', {}, {}, taken()],
    ['by another namespace', { namespace: 'shop' }, {}, taken('/', 'shop/old')],
    ['the second path', { paths: { '/b': 'a' } }, { paths: { '/a': 'a', '/b': 'a' } }, taken('/b')],
    ['another path', { paths: { '/b': 'a' } }, {}, ''],
    ['another host', { host: 'other.test' }, {}, ''],
    ['a wildcard beside a name', { host: '*.test' }, {}, ''],
    ['a canary beside a main one', {}, { annotations: { canary: 'true' } }, ''],
    ['any value of canary', {}, { annotations: { canary: 'false' } }, ''],
    ['any value of the stored one', { annotations: { canary: 'false' } }, {}, ''],
    ['Exact beside Prefix', { paths: { '/b': 'a' } }, { paths: { '/b': { service: 'a', pathType: 'Exact' } } }, ''],
    [
      'Prefix beside Exact',
      { paths: { '/b': { service: 'a', pathType: 'Exact' } } },
      { paths: { '/b': 'a' } },
      taken('/b'),
    ],
    ['of another class', { ingressClassName: 'other' }, {}, ''],
  ])('%s', (_what, old, spec, message) => {
    const { send } = webhook({ stored: [stored('old', old)] });
    expect(send({ age: 1, ...spec }).said).toBe(message);
  });

  test('an update of the holder itself is let in, one of somebody else is not', () => {
    const { send } = webhook({ stored: [stored('old'), stored('new', { paths: { '/b': 'a' } })] });
    expect(send({ annotations: { 'limit-rps': '5' } }, 'old').said).toBe('');
    expect(send({}).said).toBe(taken());
  });
});

describe('who is not asked, and what the flags say', () => {
  test('other classes, but deep inspection is for all', () => {
    const { send } = webhook({ stored: [stored('old')] });
    expect(send({ ingressClassName: 'other' }).said).toBe('');
    expect(send({ ingressClassName: 'other', paths: { '/etc/passwd': 'a' } }).said).toBe(
      'invalid object: invalid rule in ingress default/new: invalid http path: invalid value found: /etc/passwd',
    );
    expect(webhook({ flags: ['--deep-inspect=false'] }).send({ paths: { '/etc/passwd': 'a' } }).said).toBe('');
  });

  test('--disable-catch-all', () => {
    const spec = { defaultBackend: 'a' };
    expect(said(spec)).toBe('');
    expect(said(spec, { flags: ['--disable-catch-all'] })).toBe(
      "this deployment is trying to create a catch-all ingress while DisableCatchAll flag is set to true. Remove '.spec.defaultBackend' or set DisableCatchAll flag to false",
    );
  });

  test('--watch-namespace', () => {
    const flags = ['--watch-namespace=shop'];
    expect(said({ annotations: { 'server-snippet': 'x' } }, { flags })).toBe('');
  });
});

describe('the server', () => {
  test('while nobody is ready the API server refuses', () => {
    const { world, replica, send } = webhook();
    world.load([]);
    replica.end();
    expect(send({}).message).toMatch(
      /^Internal error occurred: failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post "https:\/\/ingress-nginx-controller-admission\.ingress-nginx\.svc:443\/networking\/v1\/ingresses\?timeout=10s": /,
    );
  });

  test('what it said stands in its log', () => {
    const { replica, send } = webhook();
    send({});
    send({ annotations: { 'server-snippet': 'x' } }, 'bad');
    expect(replica.log().filter((line) => /main\.go:(107|96)\]/.test(line))).toEqual([
      expect.stringMatching(
        /^I\d{4} \d\d:\d\d:\d\d\.\d{6} {7}7 main\.go:107\] "successfully validated configuration, accepting" ingress="default\/new"$/,
      ),
      expect.stringMatching(
        /^E.* main\.go:96\] "invalid ingress configuration" err="nginx\..*" ingress="default\/bad"$/,
      ),
    ]);
  });
});

describe('what got past the webhook', () => {
  test.each<[string, IngressOptions, Parameters<typeof webhook>[0]]>([
    ['deep inspection', { paths: { '/': 'a', '/etc/passwd': 'a' } }, {}],
    ['words', { annotations: { 'upstream-vhost': 'lua' } }, { config: { 'annotation-value-word-blocklist': 'lua' } }],
    ['catch-all', { defaultBackend: 'a' }, { flags: ['--disable-catch-all'] }],
    ['risk', { annotations: { 'server-snippet': 'x' } }, {}],
  ])('%s: it is not served', async (_what, spec, options) => {
    const { world } = webhook(options);
    world.service('a', 1);
    world.load([stored('bad', spec)]);
    expect((await world.send({ host: 'app.test', path: '/' })).status).toBe(404);
  });
});

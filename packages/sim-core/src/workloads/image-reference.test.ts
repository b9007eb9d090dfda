import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageReference } from './image-reference.ts';
import { fullImageName, imageVersion, parseImageReference, shortImageName } from './image-reference.ts';
import { behaviourFor, isAllowed } from './image-settings.ts';
import { isOneEditAway, knownImageNames, misspelledImage } from './known-images.ts';
import { PROGRAMS, programFor } from './programs.ts';

const parse = (text: string) => parseImageReference(text) as ImageReference;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseImageReference', () => {
  test.each([
    ['nginx', 'docker.io', 'library/nginx', 'latest', undefined],
    ['nginx:1.27', 'docker.io', 'library/nginx', '1.27', undefined],
    ['me/app', 'docker.io', 'me/app', 'latest', undefined],
    ['docker.io/nginx', 'docker.io', 'library/nginx', 'latest', undefined],
    ['index.docker.io/me/app:2', 'docker.io', 'me/app', '2', undefined],
    ['localhost/app', 'localhost', 'app', 'latest', undefined],
    ['localhost:5000/a/b:c', 'localhost:5000', 'a/b', 'c', undefined],
    [
      `registry.k8s.io/ingress-nginx/controller:v1@${DIGEST}`,
      'registry.k8s.io',
      'ingress-nginx/controller',
      'v1',
      DIGEST,
    ],
    [`ghcr.io/a/b@${DIGEST}`, 'ghcr.io', 'a/b', '', DIGEST],
    [
      '123456789.dkr.ecr.us-east-1.amazonaws.com/team/app_x:1_0',
      '123456789.dkr.ecr.us-east-1.amazonaws.com',
      'team/app_x',
      '1_0',
      undefined,
    ],
  ])('%s', (text, registry, repository, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ text, registry, repository, tag, ...(digest && { digest }) });
  });

  test.each([
    '',
    'Nginx',
    'nginx:',
    'nginx:a b',
    ':1',
    'a//b',
    'nginx@sha256:12',
    'http://nginx',
    'a@b@c',
    '-a',
    'me/App:1',
    `nginx:${'x'.repeat(129)}`,
  ])('refuses %j', (text) => expect(parseImageReference(text)).toBeUndefined());

  test('never throws, and its name in full means the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const image = parseImageReference(text);
        if (image !== undefined) expect({ ...parse(fullImageName(image)), text }).toEqual(image);
      }),
    );
    const component = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(component, { minLength: 1, maxLength: 3 }),
        fc.option(fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,20}$/)),
        (parts, tag) => {
          const text = `example.com/${parts.join('/')}${tag === null ? '' : `:${tag}`}`;
          expect(parse(text)).toMatchObject({
            registry: 'example.com',
            repository: parts.join('/'),
            tag: tag ?? 'latest',
          });
        },
      ),
    );
  });

  test('names for people', () => {
    expect(shortImageName(parse('alonit/netflix-frontend:0.9.0'))).toBe('netflix-frontend');
    expect(imageVersion(parse('a/b:0.9.0'))).toBe('0.9.0');
    expect(imageVersion(parse(`a/b@${DIGEST}`))).toBe('0123456789ab');
  });
});

describe('settings', () => {
  test('the first glob that matches wins, over the name as written or in full', () => {
    const settings = [
      { match: '*/netflix-frontend:0.9*', latency: 1 },
      { match: '*/netflix-frontend:*', latency: 2 },
      { match: 'nginx', latency: 3 },
      { match: 'docker.io/library/httpd', latency: 4 },
    ];
    const latency = (text: string) => behaviourFor(parse(text), settings).latency;
    expect(latency('netflix-frontend:0.9.1')).toBe(1);
    expect(latency('me/netflix-frontend')).toBe(2);
    expect(latency('nginx')).toBe(3);
    expect(latency('nginx:1.27')).toBeUndefined();
    expect(latency('httpd:2.4')).toBe(4);
    expect(latency('other')).toBeUndefined();
  });

  test('dots and other signs of a glob are no patterns', () => {
    expect(behaviourFor(parse('axb'), [{ match: 'a.b', latency: 1 }])).toEqual({});
    expect(isAllowed(parse('a.b:1'), ['a.b:(1)'])).toBe(false);
  });
});

describe('misspelt names', () => {
  const known = knownImageNames(PROGRAMS);
  const meant = (text: string) => misspelledImage(parse(text), known);

  test.each([
    ['ngnix', 'docker.io/library/nginx'],
    ['ngins:1.27', 'docker.io/library/nginx'],
    ['nginxx', 'docker.io/library/nginx'],
    ['ngix', 'docker.io/library/nginx'],
    ['busyboxx', 'docker.io/library/busybox'],
    ['traefik/whoam', 'docker.io/traefik/whoami'],
    ['pyhton:3.12', 'docker.io/library/python'],
    ['postgress', 'docker.io/library/postgres'],
    ['registry.k8s.io/e2e-test-images/echoservr:2.3', 'registry.k8s.io/e2e-test-images/echoserver'],
  ])('%s', (text, name) => expect(meant(text)).toBe(name));

  test.each([
    'nginx',
    'python',
    'node',
    'httpd',
    'me/nginx',
    'ghcr.io/library/ngnix',
    'myapp',
    'netflix-frontend',
    'redis',
    'nats',
  ])('%s is nobody’s slip', (text) => expect(meant(text)).toBeUndefined());

  test('no known name is a slip of another', () => {
    for (const name of known)
      expect(
        misspelledImage(
          { ...parse('x'), registry: name.split('/')[0] as string, repository: name.split('/').slice(1).join('/') },
          known,
        ),
      ).toBeUndefined();
  });

  test('one edit: insert, delete, replace, swap', () => {
    const word = fc.stringMatching(/^[a-z]{3,10}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.stringMatching(/^[a-z]$/), (text, n, letter) => {
        const at = n % text.length;
        const edited = [
          text.slice(0, at) + letter + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + letter + text.slice(at + 1),
          text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2),
        ];
        for (const each of edited) expect(isOneEditAway(text, each)).toBe(each !== text);
        expect(isOneEditAway(text, `${text}${letter}${letter}`)).toBe(false);
      }),
    );
  });
});

describe('programFor', () => {
  test.each([
    ['nginx:1.27', 'nginx'],
    ['public.ecr.aws/docker/library/nginx:1.27', 'nginx'],
    ['nginxinc/nginx-unprivileged', 'nginx'],
    ['me/nginx', 'web'],
    ['httpd', 'httpd'],
    ['traefik/whoami:v1.10', 'whoami'],
    ['hashicorp/http-echo', 'http-echo'],
    ['ealen/echo-server', 'echo-server'],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', 'agnhost'],
    ['registry.k8s.io/e2e-test-images/echoserver:2.3', 'echoserver'],
    ['registry.k8s.io/ingressconformance/echoserver:v0.0.1', 'conformance-echo'],
    ['argoproj/rollouts-demo:blue', 'rollouts-demo'],
    ['ghcr.io/stefanprodan/podinfo:6.7.0', 'podinfo'],
    ['kennethreitz/httpbin', 'httpbin'],
    ['busybox:1.36', 'shell'],
    ['alpine', 'shell'],
    ['postgres:16', 'tcp'],
    ['alonit/netflix-frontend:0.8.0', 'web'],
    ['node:22', 'web'],
  ])('%s → %s', (text, name) => expect(programFor(parse(text), PROGRAMS).name).toBe(name));

  test('the Scenario’s program wins', () => {
    expect(programFor(parse('nginx'), PROGRAMS, 'whoami').name).toBe('whoami');
    expect(programFor(parse('me/app'), PROGRAMS, 'no-such').name).toBe('web');
  });
});

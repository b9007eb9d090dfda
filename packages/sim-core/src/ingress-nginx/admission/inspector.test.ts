import { describe, expect, test } from 'vitest';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { deepInspect, invalidPaths } from './inspector.ts';

const ofSpec = (spec: unknown) => ({ metadata: { namespace: 'shop', name: 'web' }, spec }) as Ingress;
const ofPath = (path: string, pathType = 'Prefix') =>
  ofSpec({ rules: [{ host: 'app.test', http: { paths: [{ path, pathType }] } }] });

describe('what could break out of nginx.conf', () => {
  test.each([
    '/etc/passwd',
    '/x/etc/shadow',
    '/etc/group',
    '/etc/nginx/nginx.conf',
    '/etc/ingress-controller',
    '/var/run/secrets/x',
    '/content_by_lua_block',
    '/x; alias /y;',
    '/x{root /;}',
    '/root\n;',
  ])('path %j', (path) => {
    expect(deepInspect(ofPath(path))).toBe(
      `invalid rule in ingress shop/web: invalid http path: invalid value found: ${path}`,
    );
  });

  test.each(['/', '/etc', '/etc/hosts', '/alias', '/root', '/;root', '/lua'])('path %j is let in', (path) => {
    expect(deepInspect(ofPath(path))).toBeUndefined();
  });

  test('hosts and names of secrets', () => {
    expect(deepInspect(ofSpec({ rules: [{ host: '/etc/nginx' }] }))).toBe(
      'invalid host in ingress shop/web: invalid value found: /etc/nginx',
    );
    expect(deepInspect(ofSpec({ tls: [{ secretName: '/etc/group' }] }))).toBe(
      'invalid secret in ingress shop/web: invalid value found: /etc/group',
    );
    expect(deepInspect(ofSpec({ tls: [{ hosts: ['ok', 'root;'] }] }))).toBe(
      'invalid host in ingress tls config shop/web: invalid value found: root;',
    );
  });
});

describe('paths with signs of regexes', () => {
  test.each([
    ['/a.b_c-d/1', 'Prefix', []],
    ['/a(b)', 'ImplementationSpecific', []],
    ['/a(b)', 'Prefix', ['path /a(b) cannot be used with pathType Prefix']],
    ['/a b', 'Exact', ['path /a b cannot be used with pathType Exact']],
    ['/ä', 'Prefix', ['path /ä cannot be used with pathType Prefix']],
    ['/~user', 'Exact', ['path /~user cannot be used with pathType Exact']],
    ['', 'Prefix', []],
  ])('%s as %s', (path, pathType, complaints) => {
    expect(invalidPaths(ofPath(path, pathType))).toEqual(complaints);
  });
});

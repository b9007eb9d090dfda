import { expect, test } from 'vitest';
import { nodeCertificates } from '../../host/certificates.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';

function secretOf(name: string, dnsName: string): unknown {
  const pair = nodeCertificates.selfSigned({ commonName: dnsName, dnsNames: [dnsName] });
  const data = { 'tls.crt': btoa(pair.certPem), 'tls.key': btoa(pair.keyPem) };
  const metadata = { namespace: 'default', name };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/tls', data };
}

test.each(['force-ssl-redirect', 'ssl-redirect'])('a catch-all without rules is not redirected by %s', async (name) => {
  const world = new TestIngress();
  world.service('web');
  world.load([ingressOf('all', { defaultBackend: 'web', annotations: { [name]: 'true' } })]);
  world.start();
  expect((await world.send({ host: 'any.test' })).status).toBe(200);
  expect((await world.send({ host: '_' })).status).toBe(200);
});

test('nor is the 404 of the default server by the ConfigMap', async () => {
  const world = new TestIngress();
  world.configure({ 'force-ssl-redirect': 'true' });
  world.start();
  expect((await world.send({ host: 'any.test' })).status).toBe(404);
});

test('other annotations of a catch-all act', async () => {
  const world = new TestIngress();
  world.service('web');
  world.load([ingressOf('all', { defaultBackend: 'web', annotations: { 'proxy-body-size': '1' } })]);
  world.start();
  expect((await world.send({ method: 'POST', host: 'any.test', body: 'xx' })).status).toBe(413);
});

test('--default-ssl-certificate stands in wherever an Ingress has no certificate that fits', () => {
  const world = new TestIngress();
  world.service('web');
  const tls = [{ hosts: ['app.test'], secretName: 'missing' }];
  world.load([secretOf('house', 'house.test'), ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, tls })]);
  const replica = world.start(['--default-ssl-certificate=default/house']);
  expect(replica.tlsFor('app.test').certificate.name).toBe('default/house');
  expect(replica.tlsFor('unknown.test').certificate.name).toBe('default/house');
});

test('a certificate is swapped without a reload', () => {
  const world = new TestIngress();
  world.service('web');
  const tls = [{ hosts: ['app.test'], secretName: 'cert' }];
  world.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, tls })]);
  const replica = world.start();
  const reloads = () => world.eventsOn(replica.pod.metadata.name).reduce((sum, { count = 0 }) => sum + count, 0);
  const before = reloads();
  world.load([secretOf('cert', 'app.test')]);
  expect(replica.tlsFor('app.test').certificate.name).toBe('default/cert');
  expect(reloads()).toBe(before);
});

import { expect, test } from 'vitest';
import { validatingWebhookConfigurations } from '../api/admissionregistration-v1/validating-webhook-configuration.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import { PROGRAMS } from '../workloads/programs.ts';
import { createWebhookCertgen } from './webhook-certgen.ts';

const image = 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.9';
const webhook = (name: string) => ({
  name,
  clientConfig: { service: { namespace: 'default', name: 'admission' } },
  failurePolicy: 'Ignore',
});

test('the certificate Jobs write through the API: a Secret, then the CA in every webhook', () => {
  const certificates = { selfSigned: () => ({ certPem: 'CERT', keyPem: 'KEY' }) };
  const cluster = new TestCluster({
    programs: (client) => [createWebhookCertgen(client, certificates), ...PROGRAMS],
  });
  const { client } = cluster;
  client.create(validatingWebhookConfigurations, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'hooks' },
    webhooks: [webhook('a.example.com'), webhook('b.example.com')],
  });
  const flags = ['--namespace=default', '--secret-name=s', '--webhook-name=hooks', '--host=admission'];
  const run = (name: string, args: string[]) =>
    cluster.pod(name, { image, args: [...args, ...flags] }, { restartPolicy: 'Never' }).status?.phase;
  expect(run('create', ['create'])).toBe('Succeeded');
  expect(client.get(secrets, 'default', 's')?.type).toBe('Opaque');
  expect(run('patch', ['patch', '--patch-mutating=false', '--patch-failure-policy=Fail'])).toBe('Succeeded');
  const configuration = client.get(validatingWebhookConfigurations, '', 'hooks');
  expect(
    configuration?.webhooks?.map(({ clientConfig, failurePolicy }) => [clientConfig.caBundle, failurePolicy]),
  ).toEqual([
    [btoa('CERT'), 'Fail'],
    [btoa('CERT'), 'Fail'],
  ]);
  expect(run('mutating', ['patch'])).toBe('Failed');
});

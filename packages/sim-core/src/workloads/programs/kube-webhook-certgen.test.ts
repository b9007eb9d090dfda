import { expect, test } from 'vitest';
import { secrets } from '../../api/core-v1/secret.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';
import { PROGRAMS } from '../programs.ts';
import { type CertgenApi, kubeWebhookCertgen } from './kube-webhook-certgen.ts';

const IMAGE = 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.9';
const POD_NAMESPACE = { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };
const CREATE = [
  'create',
  '--host=admission,admission.$(POD_NAMESPACE).svc',
  '--namespace=$(POD_NAMESPACE)',
  '--secret-name=ingress-nginx-admission',
];
const PATCH = [
  'patch',
  '--webhook-name=ingress-nginx-admission',
  '--namespace=$(POD_NAMESPACE)',
  '--patch-mutating=false',
  '--secret-name=ingress-nginx-admission',
  '--patch-failure-policy=Fail',
];

function cluster() {
  const patched: unknown[][] = [];
  const hosts: (readonly string[])[] = [];
  const api: CertgenApi = {
    secret: (namespace, name) => made.client.get(secrets, namespace, name),
    createSecret: (secret) => made.client.create(secrets, secret),
    patchWebhooks: (...args) => patched.push(args) > 0 && args[1] === 'ingress-nginx-admission',
  };
  const certificates = {
    selfSigned({ dnsNames }: { dnsNames: readonly string[] }) {
      hosts.push(dnsNames);
      return { certPem: 'CERT', keyPem: 'KEY' };
    },
  };
  const made: TestCluster = new TestCluster({ programs: [kubeWebhookCertgen(api, certificates), ...PROGRAMS] });
  const run = (name: string, args: string[]) =>
    made.pod(name, { image: IMAGE, args, env: [POD_NAMESPACE] }, { restartPolicy: 'OnFailure' }).status?.phase;
  return { made, run, patched, hosts };
}

test('create makes the Secret once, patch writes its ca into the webhook configuration', () => {
  const { made, run, patched, hosts } = cluster();
  expect(run('create', CREATE)).toBe('Succeeded');
  const secret = made.client.get(secrets, 'default', 'ingress-nginx-admission');
  expect(secret?.data).toEqual({ ca: btoa('CERT'), cert: btoa('CERT'), key: btoa('KEY') });
  expect(hosts).toEqual([['admission', 'admission.default.svc']]);
  expect(run('again', CREATE)).toBe('Succeeded');
  expect(hosts).toHaveLength(1);
  expect(run('patch', PATCH)).toBe('Succeeded');
  expect(patched).toEqual([['ValidatingWebhookConfiguration', 'ingress-nginx-admission', btoa('CERT'), 'Fail']]);
});

test('without the Secret or the configuration it fails, and is tried again', () => {
  const { made, run } = cluster();
  expect(run('patch', PATCH)).toBe('Running');
  expect(made.container('patch').state?.waiting?.reason).toBe('CrashLoopBackOff');
  expect(made.logs('patch').at(-1)).toBe("no secret with 'ingress-nginx-admission' in 'default'");
  run('create', CREATE);
  made.advance(10);
  expect(made.get('patch').status?.phase).toBe('Succeeded');
  expect(
    run(
      'other',
      PATCH.map((arg) => arg.replace('webhook-name=ingress-nginx-admission', 'webhook-name=other')),
    ),
  ).toBe('Running');
});

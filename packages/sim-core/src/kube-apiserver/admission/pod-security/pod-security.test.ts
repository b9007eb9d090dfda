import { describe, expect, test } from 'vitest';
import { deployments } from '../../../api/apps-v1/deployment.ts';
import { type Namespace, namespaces } from '../../../api/core-v1/namespace.ts';
import { type Pod, pods } from '../../../api/core-v1/pod.ts';
import { createTestServer } from '../../test-server.ts';

function start(labels: Record<string, string>) {
  const { registry, store } = createTestServer();
  const warnings: string[] = [];
  const options = { user: 'admin', warn: (text: string) => void warnings.push(text) };
  const prefixed = (each: Record<string, string>) =>
    Object.fromEntries(Object.entries(each).map(([name, value]) => [`pod-security.kubernetes.io/${name}`, value]));
  const label = (next: Record<string, string>) => {
    const old = store.get(namespaces.resource, '', 'default') as Namespace;
    const metadata = { ...old.metadata, labels: { 'kubernetes.io/metadata.name': 'default', ...prefixed(next) } };
    registry.update(namespaces, { ...old, metadata }, options);
  };
  const create = (spec: Partial<Pod['spec']> = {}, name = 'web') =>
    registry.create(
      pods,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: podSpec(spec) },
      options,
    );
  label(labels);
  return { registry, label, create, warnings, options };
}

function podSpec(spec: Partial<Pod['spec']>): Pod['spec'] {
  return { containers: [{ name: 'web', image: 'nginx' }], ...spec };
}

const RESTRICTED_TEXT =
  '"restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

describe('a namespace that enforces', () => {
  test('restricted refuses a plain pod and takes one that gives everything up', () => {
    const { create } = start({ enforce: 'restricted' });
    expect(() => create()).toThrow(`pods "web" is forbidden: violates PodSecurity ${RESTRICTED_TEXT}`);
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const containers = [{ name: 'web', image: 'nginx', securityContext }];
    const ofPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    expect(() => create({ containers, securityContext: ofPod })).not.toThrow();
  });

  test.each<[Partial<Pod['spec']>, string]>([
    [{ hostNetwork: true, hostPID: true }, 'host namespaces (hostNetwork=true, hostPID=true)'],
    [{ volumes: [{ name: 'root', hostPath: { path: '/' } }] }, 'hostPath volumes (volume "root")'],
    [
      { containers: [{ name: 'a', image: 'x', securityContext: { privileged: true } }] },
      'privileged (container "a" must not set securityContext.privileged=true)',
    ],
    [
      { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80, hostPort: 80 }] }] },
      'hostPort (container "a" uses hostPort 80)',
    ],
    [
      {
        containers: ['a', 'b'].map((name) => ({
          name,
          image: 'x',
          securityContext: { capabilities: { add: ['NET_ADMIN'] } },
        })),
      },
      'non-default capabilities (containers "a", "b" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
  ])('baseline refuses %j', (spec, detail) => {
    const { create } = start({ enforce: 'baseline', 'enforce-version': 'v1.30' });
    expect(() => create(spec)).toThrow(`pods "web" is forbidden: violates PodSecurity "baseline:v1.30": ${detail}`);
  });

  test('baseline takes a plain pod', () => {
    expect(() => start({ enforce: 'baseline' }).create()).not.toThrow();
  });
});

test('warn lets in and warns, also of templates', () => {
  const { create, warnings, registry, options } = start({ warn: 'restricted' });
  create();
  expect(warnings).toEqual([`would violate PodSecurity ${RESTRICTED_TEXT}`]);
  const labels = { app: 'web' };
  registry.create(
    deployments,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec({}) } },
    },
    options,
  );
  expect(warnings).toHaveLength(2);
});

test('a level that comes later tells of the pods that are there', () => {
  const { create, label, warnings } = start({});
  for (const name of ['a', 'b', 'c']) create({}, name);
  label({ enforce: 'restricted' });
  expect(warnings).toEqual([
    'existing pods in namespace "default" violate the new PodSecurity enforce level "restricted:latest"',
    'a (and 2 other pods): allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile',
  ]);
});

test('labels have to name a level', () => {
  expect(() => start({ enforce: 'strict', 'warn-version': '1.30' })).toThrow(
    'Namespace "default" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted, metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.30": must be "latest" or "v1.x"]',
  );
});

import { describe, expect, test } from 'vitest';
import { configMaps } from '../api/core-v1/config-map.ts';
import type { Container } from '../api/core-v1/pod.ts';
import type { ContainerContext, Program } from '../workloads/program.ts';
import { TestCluster } from './testing/test-cluster.ts';

/** A cluster whose only program shows what it was started with. */
function observed(container: Partial<Container>, prepare: (cluster: TestCluster) => void = () => {}, spec = {}) {
  const contexts: ContainerContext[] = [];
  const program: Program = {
    name: 'observer',
    images: ['*'],
    start(context) {
      contexts.push(context);
      return { listener: () => undefined };
    },
  };
  const cluster = new TestCluster({ programs: [program] });
  prepare(cluster);
  cluster.pod('web', container, spec, { app: 'web', tier: 'front' });
  if (contexts.length === 0)
    throw new Error(`the container did not start: ${cluster.failures} ${cluster.events('web')}`);
  return { cluster, context: contexts[0] as ContainerContext, contexts };
}

describe('environment', () => {
  test('values see the ones before them; unknown references and $$ stay', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', value: '$(A)-$(C)-$$(A)' },
      { name: 'C', value: 'late' },
    ];
    const { context } = observed({ env, command: ['run', '$(B)'], args: ['$(C)', '$(NOPE)'] });
    expect({ ...context.env }).toEqual({ HOSTNAME: 'web', A: 'a', B: 'a-$(C)-$(A)', C: 'late' });
    expect(context.argv).toEqual(['run', 'a-$(C)-$(A)', 'late', '$(NOPE)']);
  });

  test('the downward API', () => {
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    const resource = (name: string, of: string, divisor?: string) => ({
      name,
      valueFrom: { resourceFieldRef: { resource: of, ...(divisor && { divisor }) } },
    });
    const { context } = observed({
      resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      env: [
        field('NAME', 'metadata.name'),
        field('NAMESPACE', 'metadata.namespace'),
        field('NODE', 'spec.nodeName'),
        field('POD_IP', 'status.podIP'),
        field('HOST_IP', 'status.hostIP'),
        field('TIER', "metadata.labels['tier']"),
        field('NONE', "metadata.annotations['none']"),
        resource('CPU', 'requests.cpu'),
        resource('CPU_MILLI', 'requests.cpu', '1m'),
        resource('MEMORY', 'limits.memory'),
        resource('MEMORY_MI', 'limits.memory', '1Mi'),
        resource('CPU_LIMIT', 'limits.cpu'),
      ],
    });
    expect({ ...context.env }).toEqual({
      HOSTNAME: 'web',
      NAME: 'web',
      NAMESPACE: 'default',
      NODE: 'node-0',
      POD_IP: '10.244.0.2',
      HOST_IP: '172.18.0.2',
      TIER: 'front',
      NONE: '',
      CPU: '1',
      CPU_MILLI: '250',
      MEMORY: '134217728',
      MEMORY_MI: '128',
      CPU_LIMIT: '4',
    });
  });

  test('ConfigMaps and Secrets, by key and as a whole; env wins over envFrom', () => {
    const { context } = observed(
      {
        envFrom: [
          { prefix: 'C_', configMapRef: { name: 'c' } },
          { secretRef: { name: 's' } },
          { configMapRef: { name: 'no', optional: true } },
        ],
        env: [
          { name: 'KEY', valueFrom: { configMapKeyRef: { name: 'c', key: 'color' } } },
          { name: 'PASSWORD', value: 'own' },
          { name: 'MAYBE', valueFrom: { secretKeyRef: { name: 's', key: 'none', optional: true } } },
        ],
      },
      (cluster) => {
        cluster.configMap('c', { color: 'blue' });
        cluster.secret('s', { PASSWORD: 'gehäim', USER: 'me' });
      },
    );
    expect({ ...context.env }).toEqual({ HOSTNAME: 'web', C_color: 'blue', KEY: 'blue', PASSWORD: 'own', USER: 'me' });
  });

  test('Service variables are there unless enableServiceLinks is off; those of the API server always', () => {
    const prepare = (cluster: TestCluster) => {
      cluster.service('my-db', {
        clusterIP: '10.96.0.7',
        ports: [
          { name: 'sql', port: 5432 },
          { name: 'web', port: 80 },
        ],
      });
      cluster.service('headless', { clusterIP: 'None' });
      cluster.service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443 }] });
    };
    const { context } = observed({ env: [{ name: 'URL', value: 'http://$(MY_DB_SERVICE_HOST)' }] }, prepare);
    expect(context.env).toMatchObject({ URL: 'http://10.96.0.7', HOSTNAME: 'web' });
    const inherited = Object.getPrototypeOf(context.env);
    expect({ ...inherited }).toMatchObject({
      MY_DB_SERVICE_HOST: '10.96.0.7',
      MY_DB_SERVICE_PORT: '5432',
      MY_DB_SERVICE_PORT_SQL: '5432',
      MY_DB_SERVICE_PORT_WEB: '80',
      MY_DB_PORT: 'tcp://10.96.0.7:5432',
      MY_DB_PORT_5432_TCP: 'tcp://10.96.0.7:5432',
      MY_DB_PORT_5432_TCP_PROTO: 'tcp',
      MY_DB_PORT_5432_TCP_PORT: '5432',
      MY_DB_PORT_5432_TCP_ADDR: '10.96.0.7',
    });
    expect(Object.keys(inherited).some((name) => name.startsWith('HEADLESS'))).toBe(false);
    const without = observed({}, prepare, { enableServiceLinks: false }).context.env;
    expect(without['MY_DB_SERVICE_HOST']).toBeUndefined();
    expect(without['KUBERNETES_SERVICE_HOST']).toBe('10.96.0.1');
  });

  test('only Services that exist when the container starts; a restart sees the new ones', () => {
    const { cluster, contexts } = observed({});
    cluster.service('late', { clusterIP: '10.96.0.8' });
    expect(contexts[0]?.env['LATE_SERVICE_HOST']).toBeUndefined();
    cluster.kubelet.crash('default', 'web');
    expect(contexts[1]?.env['LATE_SERVICE_HOST']).toBe('10.96.0.8');
  });

  test('names of Object.prototype are no variables', () => {
    const { context } = observed({ env: [{ name: 'X', value: '$(toString)$(constructor)' }] });
    expect(context.env['X']).toBe('$(toString)$(constructor)');
  });
});

describe('missing references', () => {
  const cases: [string, Partial<Container>, string][] = [
    ['ConfigMap', { envFrom: [{ configMapRef: { name: 'c' } }] }, 'configmap "c" not found'],
    ['Secret', { envFrom: [{ secretRef: { name: 's' } }] }, 'secret "s" not found'],
    [
      'a key’s Secret',
      { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
      'secret "s" not found',
    ],
  ];
  test.each(cases)('%s: CreateContainerConfigError', (_name, container, message) => {
    const cluster = new TestCluster();
    cluster.pod('web', container);
    expect(cluster.container('web').state?.waiting).toEqual({ reason: 'CreateContainerConfigError', message });
    expect(cluster.events('web').at(-1)).toBe(`Failed Error: ${message}`);
    expect(cluster.get('web').status).toMatchObject({ phase: 'Pending', podIP: '10.244.0.2' });
  });

  test('a missing key names it; the container starts as soon as it is there', () => {
    const cluster = new TestCluster();
    cluster.configMap('c', {});
    cluster.pod('web', { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }] });
    expect(cluster.container('web').state?.waiting?.message).toBe("couldn't find key k in ConfigMap default/c");
    const configMap = cluster.client.get(configMaps, 'default', 'c');
    if (configMap === undefined) throw new Error('no ConfigMap');
    cluster.client.update(configMaps, { ...configMap, data: { k: 'v' } });
    cluster.settle();
    expect(cluster.isReady('web')).toBe(true);
  });

  test('without a change it is tried again every ten seconds', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { envFrom: [{ configMapRef: { name: 'c' } }] });
    cluster.advance(25);
    expect(cluster.events('web')).toContain('Failed Error: configmap "c" not found x3');
  });
});

describe('volumes', () => {
  const volumes = [{ name: 'config', configMap: { name: 'c' } }];

  test('a missing ConfigMap: FailedMount with growing pauses, ContainerCreating, no address', () => {
    const cluster = new TestCluster();
    const pod = cluster.pod('web', {}, { volumes });
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }],
    });
    expect(pod.status?.podIP).toBeUndefined();
    expect(pod.status?.conditions?.[0]).toMatchObject({ type: 'PodReadyToStartContainers', status: 'False' });
    const failed = 'FailedMount MountVolume.SetUp failed for volume "config" : configmap "c" not found';
    expect(cluster.events('web')).toEqual([failed]);
    cluster.advance(7.5);
    // After 0.5, 1.5, 3.5 and 7.5 s.
    expect(cluster.events('web')).toEqual([`${failed} x5`]);
    cluster.configMap('c', {});
    expect(cluster.isReady('web')).toBe(true);
  });

  test('Secrets, projections, keys; optional ones do not matter', () => {
    const failures = (volume: object) => {
      const cluster = new TestCluster();
      cluster.secret('s', { a: '1' });
      cluster.pod('web', {}, { volumes: [{ name: 'v', ...volume }] });
      return cluster.events('web').filter((event) => event.startsWith('FailedMount'));
    };
    expect(failures({ secret: { secretName: 't' } })).toEqual([
      'FailedMount MountVolume.SetUp failed for volume "v" : secret "t" not found',
    ]);
    expect(failures({ secret: { secretName: 't', optional: true } })).toEqual([]);
    expect(failures({ secret: { secretName: 's', items: [{ key: 'b', path: 'b' }] } })).toEqual([
      'FailedMount MountVolume.SetUp failed for volume "v" : references non-existent secret key: b',
    ]);
    expect(failures({ projected: { sources: [{ configMap: { name: 'c' } }] } })).toEqual([
      'FailedMount MountVolume.SetUp failed for volume "v" : configmap "c" not found',
    ]);
    expect(failures({ projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } })).toEqual([]);
    expect(failures({ emptyDir: {} })).toEqual([]);
  });
});

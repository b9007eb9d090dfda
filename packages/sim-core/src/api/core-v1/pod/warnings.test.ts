import { describe, expect, test } from 'vitest';
import { deployments } from '../../apps-v1/deployment.ts';
import { type Container, type Pod, pods } from '../pod.ts';

const good: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { containers: [{ name: 'web', image: 'nginx' }] },
};
const withSpec = (spec: object): string[] | undefined => pods.warnings?.({ ...good, spec: { ...good.spec, ...spec } });
const withContainer = (container: object): string[] | undefined =>
  withSpec({ containers: [{ ...(good.spec.containers[0] as Container), ...container }] });

describe('warnings', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [
      { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    ],
    [
      { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] },
      ['spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod'],
    ],
    [
      { hostAliases: [{ ip: '1.1.1.1' }, { ip: '1.1.1.1' }], imagePullSecrets: [{ name: 'a' }, { name: 'a' }, {}] },
      [
        'spec.hostAliases[1].ip: duplicate ip "1.1.1.1"',
        'spec.imagePullSecrets[1].name: duplicate name "a"',
        'spec.imagePullSecrets[2].name: invalid empty name ""',
      ],
    ],
    [{ volumes: [{ name: 'v', gitRepo: {} }] }, ['spec.volumes[0].gitRepo: deprecated in v1.11']],
    [
      { terminationGracePeriodSeconds: -1 },
      ['spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1'],
    ],
    [
      {
        containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }] }],
        initContainers: [{ name: 'b', ports: [{ containerPort: 80, protocol: 'TCP', hostPort: 80 }] }],
      },
      ['spec.containers[0].ports[0]: overlapping port definition with spec.initContainers[0].ports[0]'],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test.each<[object, string[]]>([
    [
      {
        env: [
          { name: 'A', value: 'a' },
          { name: 'A', value: '$(A)b' },
          { name: 'A', value: 'c' },
        ],
      },
      ['spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      { resources: { limits: { memory: '128m' } } },
      ['spec.containers[0].resources.limits[memory]: fractional byte value "128m" is invalid, must be an integer'],
    ],
    [
      {
        ports: [
          { containerPort: 80, protocol: 'TCP' },
          { containerPort: 80, protocol: 'TCP' },
        ],
      },
      ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      { ports: [{ containerPort: 80, protocol: 'TCP', hostIP: '127.0.0.1' }] },
      [
        'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:127.0.0.1}',
      ],
    ],
  ])('%j', (container, expected) => expect(withContainer(container)).toEqual(expected));

  test('changes of a workload are only spoken of where the template may have changed', () => {
    const spec = { selector: {}, template: { spec: { containers: [], terminationGracePeriodSeconds: -1 } } };
    const at = (generation: number) =>
      ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a.b', generation }, spec }) as const;
    const grace =
      'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1';
    expect(deployments.warnings?.(at(1))).toEqual([expect.stringContaining('metadata.name: this is used in'), grace]);
    expect(deployments.warnings?.(at(2), at(1))).toEqual([grace]);
    expect(deployments.warnings?.(at(1), at(1))).toEqual([]);
  });
});

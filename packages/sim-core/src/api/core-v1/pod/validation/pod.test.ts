import { describe, expect, test } from 'vitest';
import { errorsOf } from '../../../test-errors.ts';
import { type Container, type Pod, pods } from '../../pod.ts';

const good: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    containers: [{ name: 'web', image: 'nginx:1.27' }],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }],
  },
};

const withSpec = (spec: object): string[] => errorsOf(pods, good, (pod) => Object.assign(pod.spec, spec));
const withContainer = (container: object): string[] =>
  errorsOf(pods, good, ({ spec }) => Object.assign(spec.containers[0] as Container, container));
const withVolume = (source: object, mount: object = {}): string[] =>
  withSpec({
    volumes: [{ name: 'data', ...source }],
    containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }] }],
  });

test('a good pod', () => {
  expect(withSpec({})).toEqual([]);
});

describe('spec', () => {
  test.each<[object, string[]]>([
    [
      { restartPolicy: 'Sometimes' },
      ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
    ],
    [{ dnsPolicy: 'None' }, ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
    [
      { dnsPolicy: 'None', dnsConfig: {} },
      ['spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None'],
    ],
    [
      { dnsConfig: { nameservers: ['1', '1.1.1.1', '1.1.1.2', '1.1.1.3'], options: [{ value: 'x' }] } },
      [
        'spec.dnsConfig.nameservers: Invalid value: []string{"1", "1.1.1.1", "1.1.1.2", "1.1.1.3"}: must not have more than 3 nameservers',
        'spec.dnsConfig.nameservers[0]: Invalid value: "1": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'spec.dnsConfig.options[0]: Required value: must not be empty',
      ],
    ],
    [
      { activeDeadlineSeconds: 0 },
      ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
    ],
    [{ hostname: 'a.b' }, ['spec.hostname: Invalid value: "a.b": must not contain dots']],
    [
      { hostAliases: [{ ip: 'x', hostnames: [] }] },
      ['spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ],
    [
      { preemptionPolicy: 'Maybe' },
      ['spec.preemptionPolicy: Unsupported value: "Maybe": supported values: "PreemptLowerPriority", "Never"'],
    ],
    [{ containers: [] }, ['spec.containers: Required value']],
    [
      {
        containers: [
          { name: 'a', image: 'x' },
          { name: 'a', image: 'x', restartPolicy: 'Always' },
        ],
      },
      [
        'spec.containers[1].name: Duplicate value: "a"',
        'spec.containers[1].restartPolicy: Forbidden: may not be set for non-init containers',
      ],
    ],
    [
      {
        initContainers: [
          {
            name: 'web',
            image: 'x',
            restartPolicy: 'Never',
            lifecycle: {},
            readinessProbe: { exec: { command: ['x'] } },
          },
        ],
      },
      [
        'spec.initContainers[0].restartPolicy: Unsupported value: "Never": supported values: "Always"',
        'spec.initContainers[0].name: Duplicate value: "web"',
        'spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always',
        'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
    [
      { securityContext: { runAsUser: -1 } },
      ['spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive'],
    ],
    [
      { securityContext: { seccompProfile: { type: 'Localhost' } } },
      [
        'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
      ],
    ],
  ])('%j', (spec, expected) => {
    expect(withSpec(spec)).toEqual(expected);
  });

  test('ports of the host', () => {
    const ports = [
      { containerPort: 80, hostPort: 81 },
      { containerPort: 90, hostPort: 81 },
    ];
    expect(withContainer({ ports })).toEqual(['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//81"']);
    expect(
      withSpec({
        hostNetwork: true,
        containers: [{ name: 'web', image: 'x', ports: [ports[0], { containerPort: 90 }] }],
      }),
    ).toEqual([
      'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
    ]);
  });
});

describe('placement', () => {
  const node = (term: object): object => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } },
  });
  const terms = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };

  test.each<[object, string[]]>([
    [
      { tolerations: [{ operator: 'Equal', effect: 'Never', tolerationSeconds: 3 }] },
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
        'spec.tolerations[0].effect: Invalid value: "Never": effect must be \'NoExecute\' when `tolerationSeconds` is set',
        'spec.tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      ],
    ],
    [
      node({
        matchExpressions: [
          { key: 'a', operator: 'In' },
          { key: 'a', operator: 'Gt' },
          { key: 'a', operator: 'Exists', values: ['x'] },
          { key: 'a', operator: 'Like' },
        ],
      }),
      [
        `${terms}[0].matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`,
        `${terms}[0].matchExpressions[1].values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`,
        `${terms}[0].matchExpressions[2].values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`,
        `${terms}[0].matchExpressions[3].operator: Invalid value: "Like": not a valid selector operator`,
      ],
    ],
    [
      node({ matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['a', 'b'] }] }),
      [
        `${terms}[0].matchFields[0].values: Required value: must be only one value when \`operator\` is 'In' or 'NotIn' for node field selector`,
        `${terms}[0].matchFields[0].key: Invalid value: "metadata.uid": not a valid field selector key`,
      ],
    ],
    [
      { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } } },
      [`${terms}: Required value: must have at least one node selector term`],
    ],
    [
      {
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 101, podAffinityTerm: { topologyKey: 'zone' } },
            ],
          },
        },
      },
      [
        'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100',
      ],
    ],
    [
      { topologySpreadConstraints: [{ ...spread, maxSkew: 0 }, spread] },
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
        'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"',
      ],
    ],
  ])('%j', (spec, expected) => {
    expect(withSpec(spec)).toEqual(expected);
  });
});

describe('containers', () => {
  test.each<[object, string[]]>([
    [
      { image: ' nginx' },
      ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
    ],
    [
      {
        env: [
          { name: 'A', valueFrom: {} },
          { name: 'B', value: 'x', valueFrom: { configMapKeyRef: { name: 'a' } } },
        ],
      },
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
        'spec.containers[0].env[1].valueFrom.configMapKeyRef.key: Required value',
        'spec.containers[0].env[1].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
      ],
    ],
    [
      {
        env: [
          { name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } },
          { name: 'B', valueFrom: { fieldRef: { fieldPath: 'spec.nope' } } },
        ],
      },
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
        'spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Invalid value: "spec.nope": error converting fieldPath: field label not supported: spec.nope',
      ],
    ],
    [
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] },
      [
        'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      ],
    ],
    [
      { envFrom: [{}] },
      ['spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`'],
    ],
    [
      { livenessProbe: { successThreshold: 2, httpGet: { port: 'no port!' }, tcpSocket: { port: 1 } } },
      [
        'spec.containers[0].livenessProbe.httpGet.port: Invalid value: "no port!": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
        'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
      ],
    ],
    [
      { readinessProbe: { initialDelaySeconds: -1, terminationGracePeriodSeconds: 3 } },
      [
        'spec.containers[0].readinessProbe: Required value: must specify a handler type',
        'spec.containers[0].readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 3: must not be set for readinessProbes',
      ],
    ],
    [
      { lifecycle: { preStop: { sleep: { seconds: 31 } } } },
      [
        'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
      ],
    ],
    [
      {
        resources: {
          requests: { cpu: '2', gpu: '1', 'example.com/gpu': '500m', pods: '1' },
          limits: { cpu: '1', memory: '-1' },
        },
      },
      [
        'spec.containers[0].resources.limits[memory]: Invalid value: "-1": must be greater than or equal to 0',
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
        'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
        'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
        'spec.containers[0].resources.requests[pods]: Invalid value: "pods": must be a standard resource for containers',
        'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      { resources: { limits: { 'hugepages-2Mi': '2Mi' } } },
      ['spec.containers[0].resources: Forbidden: HugePages require cpu or memory'],
    ],
    [
      { securityContext: { allowPrivilegeEscalation: false, privileged: true } },
      [
        expect.stringMatching(
          /^spec\.containers\[0\]\.securityContext: Invalid value: .*: cannot set `allowPrivilegeEscalation` to false and `privileged` to true$/,
        ),
      ],
    ],
  ])('%j', (container, expected) => {
    expect(withContainer(container)).toEqual(expected);
  });
});

describe('volumes', () => {
  test.each<[object, object, string[]]>([
    [
      { emptyDir: {}, hostPath: { path: '/x' } },
      {},
      [
        'spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
        'spec.containers[0].volumeMounts[0].name: Not found: "data"',
      ],
    ],
    [
      { hostPath: { path: '/a/../b', type: 'Folder' } },
      { name: 'other' },
      [
        'spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain \'..\'',
        'spec.volumes[0].hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
        'spec.containers[0].volumeMounts[0].name: Not found: "other"',
      ],
    ],
    [
      { emptyDir: {} },
      { subPath: '/x', subPathExpr: 'y' },
      [
        'spec.containers[0].volumeMounts.subPath: Invalid value: "/x": must be a relative path',
        'spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "y": subPathExpr and subPath are mutually exclusive',
      ],
    ],
    [
      { emptyDir: {} },
      { mountPropagation: 'Bidirectional' },
      [
        'spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
      ],
    ],
    [{ emptyDir: {} }, { mountPath: '' }, ['spec.containers[0].volumeMounts[0].mountPath: Required value']],
  ])('%j mounted as %j', (source, mount, expected) => {
    expect(withVolume(source, mount)).toEqual(expected);
  });

  test.each<[object, string]>([
    [{ secret: {} }, 'spec.volumes[0].secret.secretName: Required value'],
    [
      { configMap: { name: 'x', items: [{ key: 'a', path: '../a' }] } },
      'spec.volumes[0].configMap.items[0].path: Invalid value: "../a": must not contain \'..\'',
    ],
    [
      { configMap: { name: 'x', defaultMode: 0o1777 } },
      'spec.volumes[0].configMap.defaultMode: Invalid value: 1023: must be a number between 0 and 0777 (octal), both inclusive',
    ],
    [{ persistentVolumeClaim: {} }, 'spec.volumes[0].persistentVolumeClaim.claimName: Required value'],
    [{ nfs: { server: 'a', path: 'x' } }, 'spec.volumes[0].nfs.path: Invalid value: "x": must be an absolute path'],
    [
      { downwardAPI: { items: [{ path: 'x' }] } },
      'spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required',
    ],
    [
      { downwardAPI: { items: [{ path: 'x', resourceFieldRef: { resource: 'limits.cpu' } }] } },
      'spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value',
    ],
    [
      { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } },
      'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    ],
    [
      {
        projected: {
          sources: [
            { secret: { name: 's', items: [{ key: 'a', path: 'x' }] } },
            { configMap: { name: 'c', items: [{ key: 'a', path: 'x' }] } },
          ],
        },
      },
      'spec.volumes[0].projected: Invalid value: "c": conflicting duplicate paths',
    ],
    [{ csi: {} }, 'spec.volumes[0].csi.driver: Required value'],
  ])('%j', (source, expected) => {
    expect(withVolume(source)).toContain(expected);
  });
});

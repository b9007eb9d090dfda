import { describe, expect, test } from 'vitest';
import { errorsOf } from '../../../test-errors.ts';
import { type Container, type Pod, pods } from '../../pod.ts';

const good: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
};

const withSpec = (spec: object): string[] => errorsOf(pods, good, (pod) => Object.assign(pod.spec, spec));
const withContainer = (container: object): string[] =>
  errorsOf(pods, good, ({ spec }) => Object.assign(spec.containers[0] as Container, container));

const label =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('where a pod goes', () => {
  test.each<[object, string[]]>([
    [
      { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
      ['spec.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\''],
    ],
    [{ schedulingGates: [{ name: 'a' }, { name: 'a' }] }, ['spec.schedulingGates[1]: Duplicate value: "a"']],
    [
      { nodeName: 'node-1', schedulingGates: [{ name: 'a' }] },
      ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['x', 'my zone'] }] }],
            },
          },
        },
      },
      [
        `spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[1]: Invalid value: "my zone": ${label}`,
      ],
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['my zone'] }] } },
            ],
          },
        },
      },
      [],
    ],
    [
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', matchLabelKeys: ['b'] }],
          },
        },
      },
      [
        'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set',
      ],
    ],
    [
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'a',
            whenUnsatisfiable: 'ScheduleAnyway',
            minDomains: 0,
            nodeTaintsPolicy: 'Never',
            labelSelector: { matchLabels: { app: 'web' } },
            matchLabelKeys: ['app'],
          },
        ],
      },
      [
        'spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero',
        'spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
        'spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "Never": supported values: "Honor", "Ignore"',
        'spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
      ],
    ],
    [{ dnsConfig: { searches: ['.', '_sip._tcp.example.com.', 'a_b'] } }, []],
    [
      { dnsConfig: { searches: ['Bad'] } },
      [
        "spec.dnsConfig.searches[0]: Invalid value: \"Bad\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));
});

describe('what a pod is allowed', () => {
  test.each<[object, string[]]>([
    [
      { hostUsers: false, hostNetwork: true, hostPID: true },
      [
        'spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false',
        'spec.HostPID: Forbidden: when `pod.Spec.HostUsers` is false',
      ],
    ],
    [{ os: { name: 'beos' } }, ['spec.os: Unsupported value: "beos": supported values: "linux", "windows"']],
    [
      { os: { name: 'windows' }, securityContext: { runAsUser: 1 } },
      ['spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod'],
    ],
    [
      { hostPID: true, shareProcessNamespace: true },
      [
        'spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
      ],
    ],
    [
      {
        securityContext: {
          sysctls: [
            { name: 'a..b', value: '1' },
            { name: 'net.a', value: '1' },
          ],
        },
        hostNetwork: true,
      },
      [
        'spec.securityContext.sysctls[0].name: Invalid value: "a..b": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
        'spec.securityContext.sysctls[1].name: Invalid value: "net.a": may not be specified when \'hostNetwork\' is true',
      ],
    ],
    [
      {
        securityContext: {
          appArmorProfile: { type: 'Localhost' },
          supplementalGroupsPolicy: 'All',
          seLinuxChangePolicy: 'MountOption',
        },
      },
      [
        'spec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost',
        'spec.securityContext.supplementalGroupsPolicy: Unsupported value: "All": supported values: "Merge", "Strict"',
        'spec.securityContext.seLinuxChangePolicy: Unsupported value: "MountOption": supported values: "Recursive"',
      ],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test.each<[object, string[]]>([
    [
      { securityContext: { procMount: 'Unmasked' } },
      [
        'spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
      ],
    ],
    [
      { securityContext: { appArmorProfile: { type: 'Some' } } },
      [
        'spec.containers[0].securityContext.appArmorProfile.type: Unsupported value: "Some": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
      ],
    ],
    [
      { resizePolicy: [{ resourceName: 'disk', restartPolicy: 'Maybe' }] },
      [
        'spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"',
        'spec.containers[0].resizePolicy: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"',
      ],
    ],
    [
      { volumeDevices: [{ name: 'x', devicePath: '/dev/../a' }] },
      [
        'spec.containers[0].volumeDevices[0].name: Not found: "x"',
        'spec.containers[0].volumeDevices[0].devicePath: Invalid value: "/dev/../a": can not contain backsteps (\'..\')',
      ],
    ],
    [
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } }] },
      [
        'spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
      ],
    ],
  ])('%j', (container, expected) => expect(withContainer(container)).toEqual(expected));

  test('annotations that Kubernetes reads', () => {
    const annotations = {
      'controller.kubernetes.io/pod-deletion-cost': '01',
      'container.apparmor.security.beta.kubernetes.io/nobody': 'x',
    };
    const errors = errorsOf(pods, good, ({ metadata }) => Object.assign(metadata, { annotations }));
    const armor = 'metadata.annotations[container.apparmor.security.beta.kubernetes.io/nobody]';
    expect(errors).toEqual([
      'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "01": must be a 32bit integer',
      `${armor}: Invalid value: "nobody": container not found`,
      `${armor}: Invalid value: "x": invalid AppArmor profile name: "x"`,
    ]);
  });

  test('ephemeral containers have no life of their own', () => {
    const ephemeralContainers = [
      { name: 'web', image: 'busybox', ports: [{ containerPort: 80 }], targetContainerName: 'nobody' },
    ];
    expect(withSpec({ ephemeralContainers })).toEqual([
      'spec.ephemeralContainers[0].name: Duplicate value: "web"',
      'spec.ephemeralContainers[0].targetContainerName: Not found: "nobody"',
      'spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { mutatingWebhookConfigurations } from './admissionregistration-v1/mutating-webhook-configuration.ts';
import { validatingWebhookConfigurations } from './admissionregistration-v1/validating-webhook-configuration.ts';
import { horizontalPodAutoscalers } from './autoscaling-v2/horizontal-pod-autoscaler.ts';
import { leases } from './coordination-v1/lease.ts';
import { type Endpoints, endpoints } from './core-v1/endpoints.ts';
import { type Event, events } from './core-v1/event.ts';
import { type Node, nodes } from './core-v1/node.ts';
import { persistentVolumes } from './core-v1/persistent-volume.ts';
import { persistentVolumeClaims } from './core-v1/persistent-volume-claim.ts';
import { resourceQuotas } from './core-v1/resource-quota.ts';
import { type Secret, secrets } from './core-v1/secret.ts';
import { type EndpointSlice, endpointSlices } from './discovery-v1/endpoint-slice.ts';
import { type NetworkPolicy, networkPolicies } from './networking-v1/network-policy.ts';
import { podDisruptionBudgets } from './policy-v1/pod-disruption-budget.ts';
import { clusterRoles } from './rbac-v1/cluster-role.ts';
import { clusterRoleBindings } from './rbac-v1/cluster-role-binding.ts';
import { roles } from './rbac-v1/role.ts';
import { type RoleBinding, roleBindings } from './rbac-v1/role-binding.ts';
import { storageClasses } from './storage-v1/storage-class.ts';
import { errorsOf, updateErrorsOf } from './test-errors.ts';

/* Kinds that nothing acts on, and those that only controllers write: what is refused of them. */

const metadata = { name: 'x', namespace: 'default' };
const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata } as const;

test('endpoints', () => {
  const good: Endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata };
  const refused = (subset: object): string[] =>
    errorsOf(endpoints, good, (object) => Object.assign(object, { subsets: [subset] }));
  expect(refused({ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] })).toEqual([]);
  expect(refused({})).toEqual(['subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`']);
  expect(
    refused({
      notReadyAddresses: [{ ip: '127.0.0.1' }, { ip: '169.254.0.1' }, { ip: 'x' }],
      ports: [{ port: 0 }, { port: 80, protocol: 'ICMP' }],
    }),
  ).toEqual([
    'subsets[0].notReadyAddresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    'subsets[0].notReadyAddresses[1].ip: Invalid value: "169.254.0.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    'subsets[0].notReadyAddresses[2].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    'subsets[0].ports[0].name: Required value',
    'subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    'subsets[0].ports[1].name: Required value',
    'subsets[0].ports[1].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
  ]);
});

test('endpoint slices', () => {
  const good: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'] }],
    ports: [],
  };
  const refused = (change: object): string[] => errorsOf(endpointSlices, good, (slice) => Object.assign(slice, change));
  expect(refused({})).toEqual([]);
  expect(refused({ endpoints: [{ addresses: ['2001:db8::1'] }, { addresses: [] }] })).toEqual([
    'endpoints[0].addresses[0]: Invalid value: "2001:db8::1": must be an IPv4 address',
    'endpoints[1].addresses: Required value: must contain at least 1 address',
  ]);
  expect(
    refused({
      ports: [
        { name: 'a', port: 1 },
        { name: 'a', port: 2, appProtocol: 'not ok' },
      ],
    }),
  ).toEqual([
    'ports[1].name: Duplicate value: "a"',
    expect.stringMatching(/^ports\[1\]\.appProtocol: Invalid value: "not ok": name part must consist of/),
  ]);
  expect(updateErrorsOf(endpointSlices, good, (slice) => Object.assign(slice, { addressType: 'IPv6' }))).toEqual([
    'addressType: Invalid value: "IPv6": field is immutable',
  ]);
});

test('events', () => {
  const good = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' },
  } as Event;
  expect(errorsOf(events, good, () => {})).toEqual([]);
  expect(errorsOf(events, good, ({ involvedObject }) => Object.assign(involvedObject, { namespace: 'shop' }))).toEqual([
    'involvedObject.namespace: Invalid value: "shop": does not match event.namespace',
  ]);
});

test('nodes', () => {
  const good: Node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec: { podCIDRs: ['10.244.0.0/24'], providerID: 'kind://a' },
  };
  const taint = { key: 'a', effect: 'NoSchedule' };
  const taints = [taint, { ...taint, value: 'x y' }, { key: 'b', effect: 'Never' }];
  expect(errorsOf(nodes, good, (node) => Object.assign(node.spec ?? {}, { taints, podCIDRs: ['10.244.0.0'] }))).toEqual(
    [
      expect.stringMatching(/^metadata\.taints\[1\]\.value: Invalid value: "x y": a valid label must be/),
      expect.stringMatching(
        /^metadata\.taints\[1\]: Duplicate value: .*: taints must be unique by key and effect pair$/,
      ),
      'metadata.taints[2].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      'spec.podCIDRs[0]: Invalid value: "10.244.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  );
  expect(updateErrorsOf(nodes, good, (node) => Object.assign(node, { spec: {} }))).toEqual([
    'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
    'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
  ]);
});

test('storage', () => {
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata } as const;
  expect(errorsOf(persistentVolumes, { ...volume, spec: {} }, () => {})).toEqual([
    'spec.accessModes: Required value',
    'spec.capacity: Required value',
    'spec.capacity: Unsupported value: core.ResourceList(nil): supported values: "storage"',
    'spec: Required value: must specify a volume type',
  ]);
  const spec = {
    accessModes: ['ReadWriteOncePod', 'Some'],
    capacity: { storage: '-1Gi' },
    hostPath: { path: '/' },
    nfs: {},
  };
  expect(errorsOf(persistentVolumes, { ...volume, spec }, () => {})).toEqual([
    'spec.accessModes: Unsupported value: "Some": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
    'spec.capacity[storage]: Invalid value: -1073741824: must be a valid resource quantity',
    'spec.capacity[storage]: Invalid value: "-1Gi": must be greater than zero',
    'spec.nfs: Forbidden: may not specify more than 1 volume type',
  ]);
  expect(
    errorsOf(persistentVolumeClaims, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: {} }, () => {}),
  ).toEqual([
    'spec.accessModes: Required value: at least 1 access mode is required',
    'spec.resources[storage]: Required value',
  ]);
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'x' },
    provisioner: 'a.b/c',
  } as const;
  expect(
    errorsOf(storageClasses, storageClass, (object) =>
      Object.assign(object, { provisioner: '', reclaimPolicy: 'Recycle' }),
    ),
  ).toEqual([
    'provisioner: Required value',
    'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
  ]);
  expect(updateErrorsOf(storageClasses, storageClass, (object) => Object.assign(object, { provisioner: 'd' }))).toEqual(
    ['provisioner: Forbidden: updates to provisioner are forbidden.'],
  );
});

test('quotas', () => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard: { pods: '1.5', 'limits.cpu': '1500m' } },
  } as const;
  expect(errorsOf(resourceQuotas, quota, () => {})).toEqual([
    'spec.hard[pods]: Invalid value: "1500m": must be an integer',
  ]);
});

describe('secrets', () => {
  const good: Secret = { apiVersion: 'v1', kind: 'Secret', metadata };
  test.each<[object, string[]]>([
    [{ type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'a' } }, ['data[tls.key]: Required value']],
    [{ type: 'kubernetes.io/basic-auth' }, ['data[username]: Required value', 'data[password]: Required value']],
    [{ type: 'kubernetes.io/basic-auth', stringData: { username: 'a' } }, []],
    [{ type: 'kubernetes.io/ssh-auth' }, ['data[ssh-privatekey]: Required value']],
    [{ type: 'kubernetes.io/dockerconfigjson' }, ['data[.dockerconfigjson]: Required value']],
    [{ type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '{}' } }, []],
    [
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '{' } },
      [expect.stringContaining('data[.dockercfg]: Invalid value: "<secret contents redacted>": ')],
    ],
    [
      { type: 'kubernetes.io/service-account-token' },
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
    [{ stringData: { big: 'x'.repeat(1024 * 1024 + 1) } }, ['data: Too long: may not be more than 1048576 bytes']],
  ])('%#', (change, expected) => {
    expect(errorsOf(secrets, good, (secret) => Object.assign(secret, change))).toEqual(expected);
  });
});

test('network policies', () => {
  const good: NetworkPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata };
  const spec = {
    podSelector: {},
    policyTypes: ['Ingress', 'Both'],
    ingress: [
      { ports: [{ port: 'web', endPort: 90 }, { port: 90, endPort: 80 }, { endPort: 1 }], from: [{}, { ipBlock: {} }] },
    ],
    egress: [
      { ports: [{ protocol: 'ICMP' }], to: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8', except: ['x'] } }] },
    ],
  };
  expect(errorsOf(networkPolicies, good, (policy) => Object.assign(policy, { spec }))).toEqual([
    'spec.ingress[0].ports[0].endPort: Invalid value: 90: may not be specified when `port` is non-numeric',
    'spec.ingress[0].ports[1].endPort: Invalid value: 80: must be greater than or equal to `port`',
    'spec.ingress[0].ports[2].endPort: Invalid value: 1: may not be specified when `port` is not specified',
    'spec.ingress[0].from[0]: Required value: must specify a peer',
    'spec.ingress[0].from[1].ipBlock.cidr: Required value',
    'spec.egress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"',
    'spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    'spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer',
    'spec.policyTypes[1]: Unsupported value: "Both": supported values: "Ingress", "Egress"',
  ]);
});

test('scaling and disruption', () => {
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable: '120%', maxUnavailable: 1 },
  } as const;
  expect(errorsOf(podDisruptionBudgets, budget, () => {})).toEqual([
    expect.stringContaining(': minAvailable and maxUnavailable cannot be both set'),
    'spec.minAvailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"120%"}: must not be greater than 100%',
  ]);
  const autoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: { minReplicas: 3, maxReplicas: 2 },
  } as never;
  expect(errorsOf(horizontalPodAutoscalers, autoscaler, () => {})).toEqual([
    'spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`',
    'spec.scaleTargetRef.kind: Required value',
    'spec.scaleTargetRef.name: Required value',
  ]);
  const lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: { leaseDurationSeconds: 0, leaseTransitions: -1 },
  } as const;
  expect(errorsOf(leases, lease, () => {})).toEqual([
    'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
  ]);
});

test('roles and bindings', () => {
  const rules = [
    { verbs: [], resources: ['pods'] },
    { verbs: ['get'], nonResourceURLs: ['/healthz'], resources: ['pods'] },
  ];
  const wrong = [
    'rules[0].verbs: Required value: verbs must contain at least one value',
    'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
  ];
  const mixed =
    'rules[1].nonResourceURLs: Invalid value: []string{"/healthz"}: rules cannot apply to both regular resources and non-resource URLs';
  const namespaced =
    'rules[1].nonResourceURLs: Invalid value: []string{"/healthz"}: namespaced rules cannot apply to non-resource URLs';
  expect(errorsOf(roles, { ...rbac, kind: 'Role', rules }, () => {})).toEqual([...wrong, namespaced, mixed]);
  expect(errorsOf(clusterRoles, { ...rbac, kind: 'ClusterRole', rules }, () => {})).toEqual([...wrong, mixed]);

  const roleRef = { apiGroup: '', kind: 'Role', name: 'x' };
  const good: RoleBinding = { ...rbac, kind: 'RoleBinding', roleRef, subjects: [{ kind: 'User', name: 'me' }] };
  expect(errorsOf(roleBindings, good, () => {})).toEqual([]);
  expect(
    errorsOf(roleBindings, good, (binding) =>
      Object.assign(binding, {
        subjects: [
          { kind: 'Robot', name: '' },
          { kind: 'ServiceAccount', name: 'a', apiGroup: 'x' },
        ],
      }),
    ),
  ).toEqual([
    'subjects[0].name: Required value',
    'subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
    'subjects[1].apiGroup: Unsupported value: "x": supported values: ""',
  ]);
  expect(
    errorsOf(
      clusterRoleBindings,
      { ...good, kind: 'ClusterRoleBinding', subjects: [{ kind: 'ServiceAccount', name: 'a' }] },
      () => {},
    ),
  ).toEqual([
    'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
    'subjects[0].namespace: Required value',
  ]);
  expect(
    updateErrorsOf(roleBindings, good, (binding) => Object.assign(binding, { roleRef: { ...roleRef, name: 'y' } })),
  ).toEqual([
    'roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"y"}: cannot change roleRef',
  ]);
});

test('webhooks', () => {
  const webhook = {
    name: 'a.b',
    rules: [{ operations: ['READ'], apiGroups: [''], apiVersions: [], resources: ['pods'] }],
    timeoutSeconds: 31,
    clientConfig: { url: 'http://x' },
    admissionReviewVersions: ['v2'],
    sideEffects: 'Some',
  };
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'x' },
    webhooks: [webhook, { name: '', clientConfig: {}, admissionReviewVersions: ['v1'], sideEffects: 'None' }],
  } as never;
  expect(errorsOf(validatingWebhookConfigurations, configuration, () => {})).toEqual([
    'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
    'webhooks[0].admissionReviewVersions: Invalid value: []string{"v2"}: must include at least one of v1, v1beta1',
    'webhooks[0].rules[0].operations[0]: Unsupported value: "READ": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE"',
    'webhooks[0].rules[0].apiVersions: Required value',
    'webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
    'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
    'webhooks[0].clientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
    'webhooks[1].name: Required value',
    'webhooks[1].clientConfig: Required value: exactly one of url or service is required',
  ]);
});

describe('webhooks, field by field', () => {
  const good = {
    name: 'check.example.com',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    clientConfig: { service: { namespace: 'hooks', name: 'hook', path: '/check', port: 443 } },
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
  };
  const rule = (more: object) => ({ rules: [{ ...good.rules[0], ...more }] });
  const service = (more: object) => ({ clientConfig: { service: { ...good.clientConfig.service, ...more } } });
  test.each<[object, string[]]>([
    [{}, []],
    [service({ path: '/a/b.c/' }), []],
    [{ clientConfig: { url: 'https://hook.example.com:8443/check' } }, []],
    [{ matchConditions: [{ name: 'not-mine', expression: "object.metadata.name != 'x'" }] }, []],
    [
      rule({ operations: ['*', 'CREATE'], apiGroups: ['*', 'apps'] }),
      [
        'rules[0].operations: Invalid value: []string{"*", "CREATE"}: if \'*\' is present, must not specify other operations',
        'rules[0].apiGroups: Invalid value: []string{"*", "apps"}: if \'*\' is present, must not specify other API groups',
      ],
    ],
    [
      rule({ resources: ['pods', 'pods/*', 'pods/status', ''] }),
      [
        'rules[0].resources[2]: Invalid value: "pods/status": if \'pods/*\' is present, must not specify pods/status',
        'rules[0].resources[3]: Required value',
      ],
    ],
    [
      rule({ scope: 'cluster' }),
      ['rules[0].scope: Unsupported value: "cluster": supported values: "*", "Cluster", "Namespaced"'],
    ],
    [
      { failurePolicy: 'fail', matchPolicy: 'Same', reinvocationPolicy: 'Always' },
      [
        'failurePolicy: Unsupported value: "fail": supported values: "Fail", "Ignore"',
        'matchPolicy: Unsupported value: "Same": supported values: "Equivalent", "Exact"',
        'reinvocationPolicy: Unsupported value: "Always": supported values: "IfNeeded", "Never"',
      ],
    ],
    [
      service({ path: 'check//x_y', port: 0, name: '' }),
      [
        'clientConfig.service.name: Required value: service name is required',
        'clientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive',
        'clientConfig.service.path: Invalid value: "check//x_y": must start with a \'/\'',
        'clientConfig.service.path: Invalid value: "check//x_y": segment[1] may not be empty',
        expect.stringContaining('segment[2]: a lowercase RFC 1123 subdomain') as never,
      ],
    ],
    [
      { clientConfig: { url: 'https://me@/x?y=1#z' } },
      [
        'clientConfig.url: Invalid value: "": host must be specified; desired format: https://host[/path]',
        'clientConfig.url: Invalid value: "me": user information is not permitted in the URL',
        'clientConfig.url: Invalid value: "z": fragments are not permitted in the URL',
        'clientConfig.url: Invalid value: "y=1": query parameters are not permitted in the URL',
      ],
    ],
    [
      {
        matchConditions: [
          { name: '', expression: '' },
          { name: 'a b', expression: 'object.' },
        ],
      },
      [
        'matchConditions[0].expression: Required value',
        'matchConditions[0].name: Required value',
        expect.stringMatching(
          /^matchConditions\[1\].expression: Invalid value: "object.": compilation failed: ERROR: /,
        ) as never,
        expect.stringMatching(/^matchConditions\[1\].name: Invalid value: "a b": name part must consist of/) as never,
      ],
    ],
  ])('%j', (more, expected) => {
    const configuration = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'x' },
      webhooks: [{ ...good, ...more }],
    } as never;
    const errors = errorsOf(mutatingWebhookConfigurations, configuration, () => {});
    expect(errors.map((error) => error.replace('webhooks[0].', ''))).toEqual(expected);
  });
});

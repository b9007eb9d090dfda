import { expect, test } from 'vitest';
import { type Service, services } from '../api/core-v1/service.ts';
import { KINDS } from '../api/kinds.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { formatTable, printTable } from './table-printer.ts';

const NOW = Date.UTC(2026, 0, 1, 0, 5);

const web: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z', labels: { app: 'web' } },
  spec: { type: 'LoadBalancer', clusterIPs: ['10.96.1.2'], ports: [{ port: 80, nodePort: 31000, protocol: 'TCP' }] },
  status: { loadBalancer: { ingress: [{ hostname: 'k8s-shop-web-0123456789.elb.us-east-1.localhost' }] } },
};

test('a table as kubectl prints it', () => {
  const waiting: Service = {
    ...web,
    metadata: { ...web.metadata, name: 'a-longer-name' },
    status: { loadBalancer: {} },
  };
  expect(formatTable(printTable(services, [web, waiting], NOW))).toBe(
    [
      'NAME            TYPE           CLUSTER-IP   EXTERNAL-IP                                       PORT(S)        AGE',
      'web             LoadBalancer   10.96.1.2    k8s-shop-web-0123456789.elb.us-east-1.localhost   80:31000/TCP   5m',
      'a-longer-name   LoadBalancer   10.96.1.2    <pending>                                         80:31000/TCP   5m',
      '',
    ].join('\n'),
  );
});

test('all namespaces, labels, no headers', () => {
  const table = printTable(services, [web], NOW, { withNamespace: true, showLabels: true });
  expect(table.columns).toEqual(['Namespace', 'Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', 'Labels']);
  expect(formatTable(table, { headers: false })).toMatch(/^shop {3}web {3}LoadBalancer .* app=web\n$/);
});

test('an Ingress with many hosts', () => {
  const rules = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ host: `${name}.example.com` }));
  const shop: Ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: { ingressClassName: 'nginx', rules, tls: [{ hosts: ['a.example.com'] }] },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.2' }, { ip: '10.0.0.1' }] } },
  };
  expect(printTable(ingresses, [shop], NOW).rows).toEqual([
    [
      'shop',
      'nginx',
      'a.example.com,b.example.com,c.example.com + 2 more...',
      '10.0.0.1,10.0.0.2',
      '80, 443',
      '<unknown>',
    ],
  ]);
});

const CREATED = { creationTimestamp: '2026-01-01T00:00:00Z' };

/* Kinds of which no recorded table is at hand; AGE is 5m everywhere. */
test.each<[string, object, string[]]>([
  [
    'Endpoints',
    { subsets: [{ addresses: [{ ip: '10.0.0.1' }, { ip: '2001:db8::1' }], ports: [{ port: 80 }, { port: 81 }] }] },
    ['x', '10.0.0.1:80,[2001:db8::1]:80,10.0.0.1:81 + 1 more...', '5m'],
  ],
  [
    'Node',
    {
      metadata: { name: 'x', ...CREATED, labels: { 'node-role.kubernetes.io/control-plane': '' } },
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        addresses: [{ type: 'InternalIP', address: '172.18.0.2' }],
        nodeInfo: { kubeletVersion: 'v1.33.3', osImage: 'Debian' },
      },
    },
    [
      'x',
      'Ready,SchedulingDisabled',
      'control-plane',
      '5m',
      'v1.33.3',
      '172.18.0.2',
      '<none>',
      'Debian',
      '<unknown>',
      '<unknown>',
    ],
  ],
  [
    'Event',
    {
      involvedObject: { kind: 'Pod', name: 'web', fieldPath: 'spec.containers{web}' },
      reason: 'Pulled',
      message: 'ok\n',
      type: 'Normal',
      source: { component: 'kubelet', host: 'n' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:04:00Z',
      count: 3,
    },
    ['60s', 'Normal', 'Pulled', 'pod/web', 'spec.containers{web}', 'kubelet, n', 'ok', '5m', '3', 'x'],
  ],
  [
    'Job',
    {
      spec: { parallelism: 3, template: { spec: { containers: [{ name: 'c', image: 'i' }] } } },
      status: { startTime: '2026-01-01T00:01:00Z', succeeded: 1 },
    },
    ['x', 'Running', '1/1 of 3', '4m', '5m', 'c', 'i', '<none>'],
  ],
  [
    'Job',
    {
      spec: { completions: 2, template: { spec: { containers: [] } } },
      status: {
        startTime: '2026-01-01T00:01:00Z',
        completionTime: '2026-01-01T00:01:30Z',
        succeeded: 2,
        conditions: [{ type: 'Complete', status: 'True' }],
      },
    },
    ['x', 'Complete', '2/2', '30s', '5m', '', '', '<none>'],
  ],
  [
    'PersistentVolume',
    {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { namespace: 'a', name: 'b' },
        volumeMode: 'Filesystem',
      },
      status: { phase: 'Bound' },
    },
    ['x', '1Gi', 'RWO,ROX', 'Retain', 'Bound', 'a/b', '', '<unset>', '', '5m', 'Filesystem'],
  ],
  [
    'PersistentVolumeClaim',
    {
      spec: { volumeName: 'v', storageClassName: 'fast' },
      status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'] },
    },
    ['x', 'Bound', 'v', '1Gi', 'RWX', 'fast', '<unset>', '5m', '<unset>'],
  ],
  [
    'ResourceQuota',
    { spec: { hard: { pods: '3', 'limits.cpu': '1', 'requests.cpu': '1' } }, status: { used: { pods: '2' } } },
    ['x', 'pods: 2/3, requests.cpu: 0/1', 'limits.cpu: 0/1', '5m'],
  ],
  [
    'StorageClass',
    {
      metadata: { name: 'x', ...CREATED, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'a.b/c',
    },
    ['x (default)', 'a.b/c', 'Delete', 'Immediate', 'false', '5m'],
  ],
  [
    'RoleBinding',
    {
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [
        { kind: 'User', name: 'me' },
        { kind: 'ServiceAccount', namespace: 'a', name: 'b' },
      ],
    },
    ['x', 'Role/r', '5m', 'me', '', 'a/b'],
  ],
  ['ClusterRole', {}, ['x', '2026-01-01T00:00:00Z']],
  [
    'PodDisruptionBudget',
    { spec: { minAvailable: '50%' }, status: { disruptionsAllowed: 1 } },
    ['x', '50%', 'N/A', '1', '5m'],
  ],
  [
    'HorizontalPodAutoscaler',
    {
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
      },
      status: { currentReplicas: 2 },
    },
    ['x', 'Deployment/web', 'cpu: <unknown>/80%', '2', '5', '2', '5m'],
  ],
  ['NetworkPolicy', { spec: { podSelector: { matchLabels: { app: 'web' } } } }, ['x', 'app=web', '5m']],
  ['Lease', { spec: { holderIdentity: 'me' } }, ['x', 'me', '5m']],
  ['Secret', { type: 'Opaque', data: { a: '', b: '' } }, ['x', 'Opaque', '2', '5m']],
  ['ServiceAccount', {}, ['x', '0', '5m']],
  ['ValidatingWebhookConfiguration', { webhooks: [{}, {}] }, ['x', '2', '5m']],
  [
    'IngressClass',
    { spec: { controller: 'a/b', parameters: { apiGroup: 'g', kind: 'P', name: 'n' } } },
    ['x', 'a/b', 'P.g/n', '5m'],
  ],
  ['LimitRange', {}, ['x', '2026-01-01T00:00:00Z']],
])('%s %#', (name, rest, expected) => {
  const kind = KINDS.find((each) => each.kind === name);
  const object = { kind: name, metadata: { name: 'x', ...CREATED }, ...rest } as KubeObject;
  expect(kind && printTable(kind, [object], NOW, { wide: true }).rows[0]?.map(String)).toEqual(expected);
});

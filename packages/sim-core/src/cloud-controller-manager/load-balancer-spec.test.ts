import { expect, test } from 'vitest';
import type { Node } from '../api/core-v1/node.ts';
import type { Service } from '../api/core-v1/service.ts';
import { loadBalancerSpec, targetsOf } from './load-balancer-spec.ts';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

function service(spec: Service['spec'], annotations: Record<string, string> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', annotations },
    spec: { type: 'LoadBalancer', ...spec },
  };
}

function node(name: string, more: Partial<Node> = {}): Node {
  const addresses = [
    { type: 'Hostname', address: name },
    { type: 'InternalIP', address: '172.18.0.2' },
  ];
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses }, ...more };
}

const PORTS = [
  { name: 'http', port: 80, nodePort: 30080 },
  { name: 'https', port: 443, nodePort: 30443 },
];

test('one listener a port with a node port', () => {
  const ports = [
    ...PORTS,
    { name: 'dns', protocol: 'UDP' as const, port: 53, nodePort: 30053 },
    { name: 'none', port: 9000 },
  ];
  expect(loadBalancerSpec(service({ ports }), [node('a')])).toEqual({
    service: 'default/web',
    scheme: 'internet-facing',
    listeners: [
      { protocol: 'TCP', port: 80, nodePort: 30080 },
      { protocol: 'TCP', port: 443, nodePort: 30443 },
      { protocol: 'UDP', port: 53, nodePort: 30053 },
    ],
    targets: [{ node: 'a', address: '172.18.0.2' }],
    healthCheck: { protocol: 'TCP' },
    sourceRanges: [],
    proxyProtocol: false,
  });
});

test("externalTrafficPolicy Local is checked on kube-proxy's health check port", () => {
  const local = service({ ports: PORTS, externalTrafficPolicy: 'Local', healthCheckNodePort: 32123 });
  expect(loadBalancerSpec(local, []).healthCheck).toEqual({ protocol: 'HTTP', port: 32123, path: '/healthz' });
});

test('annotations of the genuine manifests, and values that nobody knows', () => {
  const genuine = {
    [`${AWS}backend-protocol`]: 'tcp',
    [`${AWS}cross-zone-load-balancing-enabled`]: 'true',
    [`${AWS}type`]: 'nlb',
  };
  expect(loadBalancerSpec(service({ ports: PORTS }, genuine), [])).toEqual(
    loadBalancerSpec(service({ ports: PORTS }), []),
  );
  const odd = {
    [`${AWS}type`]: 'quantum',
    [`${AWS}scheme`]: '??',
    [`${AWS}no-such-thing`]: 'x',
    [`${AWS}ssl-ports`]: '443',
  };
  expect(loadBalancerSpec(service({ ports: PORTS }, odd), [])).toEqual(loadBalancerSpec(service({ ports: PORTS }), []));
});

test('internal scheme, PROXY protocol and TLS that the load balancer ends', () => {
  const annotations = {
    [`${AWS}scheme`]: 'internal',
    [`${AWS}proxy-protocol`]: '*',
    [`${AWS}ssl-cert`]: 'arn:aws:acm:us-east-1:1:certificate/1',
    [`${AWS}ssl-ports`]: 'https',
  };
  const spec = loadBalancerSpec(service({ ports: PORTS }, annotations), []);
  expect(spec).toMatchObject({ scheme: 'internal', proxyProtocol: true });
  expect(spec.listeners.map(({ protocol }) => protocol)).toEqual(['TCP', 'TLS']);
});

test('source ranges: the field goes before the annotation', () => {
  const annotations = { 'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8, 192.168.0.0/16' };
  expect(loadBalancerSpec(service({ ports: PORTS }, annotations), []).sourceRanges).toEqual([
    '10.0.0.0/8',
    '192.168.0.0/16',
  ]);
  const both = service({ ports: PORTS, loadBalancerSourceRanges: ['1.2.3.4/32'] }, annotations);
  expect(loadBalancerSpec(both, []).sourceRanges).toEqual(['1.2.3.4/32']);
});

test('nodes on their way out or excluded take no part; a node without status is known by its name', () => {
  const nodes = [
    node('a'),
    node('going', { metadata: { name: 'going', deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    node('excluded', {
      metadata: { name: 'excluded', labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
    }),
    node('tainted', { spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' }] } }),
    node('bare', { status: undefined }),
  ];
  expect(targetsOf(nodes)).toEqual([
    { node: 'a', address: '172.18.0.2' },
    { node: 'bare', address: 'bare' },
  ]);
});

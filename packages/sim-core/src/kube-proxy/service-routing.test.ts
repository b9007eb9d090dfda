import { describe, expect, test } from 'vitest';
import type { ServiceSpec } from '../api/core-v1/service.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices, SERVICE_NAME_LABEL } from '../api/discovery-v1/endpoint-slice.ts';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';

const VIP = '10.96.0.10';
const NODES = ['172.18.0.2', '172.18.0.3'] as const;

/** Three pods behind a Service: two on the first node, one on the second. */
function cluster(spec: Partial<ServiceSpec> = {}, seed = 'test'): TestCluster {
  const made = new TestCluster({ seed });
  for (const [index, nodeName] of ['node-0', 'node-0', 'node-1'].entries()) {
    made.pod(`web-${index}`, {}, { nodeName }, { app: 'web' });
  }
  made.service('web', { clusterIP: VIP, clusterIPs: [VIP], ...spec });
  return made;
}

const ipOf = (made: TestCluster, name: string) => made.get(name).status?.podIP;
const dial = (made: TestCluster, ip: string = VIP, port = 80, from = '10.244.0.99') => {
  const dialled = made.network.dial(ip, port, from);
  return typeof dialled === 'string' ? dialled : dialled.ip;
};
const dialOften = (made: TestCluster, times: number, ip?: string, port?: number, from?: string) =>
  Array.from({ length: times }, () => dial(made, ip, port, from));

describe('cluster IP', () => {
  test('leads to every ready pod in equal shares, the same way for the same seed', () => {
    const counts = new Map<string, number>();
    for (const ip of dialOften(cluster(), 3000)) counts.set(ip, (counts.get(ip) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(['10.244.0.2', '10.244.0.3', '10.244.1.2']);
    // Four standard deviations of 3000 draws at one third.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(104);
    expect(dialOften(cluster(), 50)).toEqual(dialOften(cluster(), 50));
    expect(dialOften(cluster({}, 'other'), 50)).not.toEqual(dialOften(cluster(), 50));
  });

  test('another port of the address times out, and so does an address that nobody has', () => {
    expect(dial(cluster(), VIP, 81)).toBe('timeout');
    expect(dial(cluster(), '10.96.0.11')).toBe('timeout');
  });

  test('no endpoints at all: refused', () => {
    const made = new TestCluster();
    made.service('web', { clusterIP: VIP });
    expect(dial(made)).toBe('refused');
  });

  test('a pod that is not ready gets nothing', () => {
    const made = cluster();
    for (const name of ['web-0', 'web-1']) for (let i = 0; i < 2; i++) made.kubelet.crash('default', name);
    made.settle();
    expect(new Set(dialOften(made, 50))).toEqual(new Set(['10.244.1.2']));
  });

  test('what changes in the Service or its slices holds in the same settle', () => {
    const made = cluster();
    made.delete('web-0');
    made.delete('web-1');
    expect(new Set(dialOften(made, 50))).toEqual(new Set(['10.244.1.2']));
    const service = made.client.get(services, 'default', 'web');
    if (service === undefined) throw new Error('no Service');
    const moved = made.client.update(services, {
      ...service,
      spec: { ...service.spec, ports: [{ port: 8000, targetPort: 8080 }] },
    });
    made.settle();
    expect(dial(made, VIP, 80)).toBe('timeout');
    expect(dial(made, VIP, 8000)).toBe('10.244.1.2');
    made.client.delete(services, 'default', moved.metadata.name);
    made.settle();
    expect(dial(made, VIP, 8000)).toBe('timeout');
  });

  test('several ports are told apart by the names of the slice', () => {
    const made = new TestCluster();
    made.pod('web', { ports: [{ containerPort: 8080 }, { containerPort: 9090 }] });
    made.service('web', {
      clusterIP: VIP,
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'metrics', port: 90, targetPort: 9090 },
      ],
    });
    expect(made.network.dial(VIP, 80, '')).toMatchObject({ port: 8080 });
    expect(made.network.dial(VIP, 90, '')).toMatchObject({ port: 9090 });
  });

  test('a slice that a person wrote for a Service without selector counts', () => {
    const made = cluster();
    made.service('manual', { clusterIP: '10.96.0.20', selector: undefined });
    made.client.create(endpointSlices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'manual-x', namespace: 'default', labels: { [SERVICE_NAME_LABEL]: 'manual' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.244.1.2'] }],
      ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    });
    made.settle();
    expect(dial(made, '10.96.0.20')).toBe('10.244.1.2');
  });

  test('external IPs and the addresses of a load balancer lead there too; two Services may share one', () => {
    const made = cluster({ externalIPs: ['192.0.2.1'] });
    made.service('other', {
      clusterIP: '10.96.0.20',
      selector: { app: 'web' },
      ports: [{ port: 81, targetPort: 8080 }],
      externalIPs: ['192.0.2.1'],
    });
    expect(dial(made, '192.0.2.1', 80)).toMatch(/^10\.244\./);
    expect(dial(made, '192.0.2.1', 81)).toMatch(/^10\.244\./);
    made.client.delete(services, 'default', 'other');
    made.settle();
    expect(dial(made, '192.0.2.1', 80)).toMatch(/^10\.244\./);
    expect(dial(made, '192.0.2.1', 81)).toBe('timeout');
  });
});

describe('terminating pods', () => {
  test('get traffic only while no other is ready', () => {
    const made = cluster();
    const lifecycle = { preStop: { sleep: { seconds: 10 } } };
    made.pod('last', { lifecycle }, { nodeName: 'node-1' }, { app: 'web' });
    made.delete('last');
    expect(new Set(dialOften(made, 60)).has(ipOf(made, 'last') as string)).toBe(false);
    for (const name of ['web-0', 'web-1', 'web-2']) made.delete(name);
    expect(dial(made)).toBe(ipOf(made, 'last'));
    made.advance(10);
    expect(dial(made)).toBe('refused');
  });
});

describe('session affinity', () => {
  const affine = (seconds: number) =>
    cluster({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: seconds } } });

  test('a client stays with its pod; the timeout counts from its last connection', () => {
    const made = affine(60);
    const first = dial(made);
    expect(new Set(dialOften(made, 30))).toEqual(new Set([first]));
    const others = Array.from({ length: 30 }, (_, i) => dial(made, VIP, 80, `10.244.0.${100 + i}`));
    expect(new Set(others).size).toBe(3);
    for (let i = 0; i < 20; i++) {
      made.advance(59);
      expect(dial(made)).toBe(first);
    }
    const later = Array.from({ length: 20 }, () => {
      made.advance(61);
      return dial(made);
    });
    expect(new Set(later).size).toBeGreaterThan(1);
  });

  test('survives changes of other pods, and moves when its pod goes', () => {
    const made = affine(10_800);
    const first = dial(made);
    const [own, other] = first === ipOf(made, 'web-0') ? ['web-0', 'web-1'] : ['web-1', 'web-0'];
    made.delete(first === '10.244.1.2' ? 'web-0' : (other as string));
    expect(dial(made)).toBe(first);
    made.delete(first === '10.244.1.2' ? 'web-2' : (own as string));
    const second = dial(made);
    expect(second).not.toBe(first);
    expect(new Set(dialOften(made, 20))).toEqual(new Set([second]));
  });
});

describe('internalTrafficPolicy Local', () => {
  test('a pod reaches the pods of its own node only; none there: no answer', () => {
    const made = cluster({ internalTrafficPolicy: 'Local' });
    const onSecond = made.pod('client', {}, { nodeName: 'node-1' }).status?.podIP;
    expect(new Set(dialOften(made, 30, VIP, 80, onSecond))).toEqual(new Set(['10.244.1.2']));
    expect(new Set(dialOften(made, 30, VIP, 80, ipOf(made, 'web-0')))).toEqual(new Set(['10.244.0.2', '10.244.0.3']));
    made.delete('web-2');
    expect(dial(made, VIP, 80, onSecond)).toBe('timeout');
  });
});

describe('node ports', () => {
  const nodePort = (policy: 'Cluster' | 'Local', more: Partial<ServiceSpec> = {}) =>
    cluster({
      type: 'NodePort',
      externalTrafficPolicy: policy,
      ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }],
      ...more,
    });

  test('Cluster: every node leads everywhere, and pods see the node', () => {
    const made = nodePort('Cluster');
    const routes = Array.from({ length: 60 }, () => made.routing.routeNodePort('node-1', 30_080, '198.51.100.7'));
    expect(new Set(routes.map((route) => typeof route === 'object' && route.podName))).toEqual(
      new Set(['web-0', 'web-1', 'web-2']),
    );
    expect(routes[0]).toMatchObject({ port: 8080, sourceIpSeen: NODES[1] });
    expect(dial(made, NODES[0], 30_080, '198.51.100.7')).toMatch(/^10\.244\./);
  });

  test('Local: only the node’s own pods, which see the client; none there: dropped', () => {
    const made = nodePort('Local');
    expect(made.routing.routeNodePort('node-1', 30_080, '198.51.100.7')).toEqual({
      podIp: '10.244.1.2',
      port: 8080,
      sourceIpSeen: '198.51.100.7',
      podName: 'web-2',
    });
    made.delete('web-2');
    expect(made.routing.routeNodePort('node-1', 30_080, '198.51.100.7')).toBe('drop');
    expect(made.routing.accepts('node-1', 30_080)).toBe(false);
    expect(made.routing.accepts('node-0', 30_080)).toBe(true);
    expect(dial(made, NODES[1], 30_080, '198.51.100.7')).toBe('timeout');
    // A pod's traffic to a node port is not traffic from outside.
    expect(dial(made, NODES[1], 30_080, ipOf(made, 'web-0'))).toMatch(/^10\.244\.0\./);
  });

  test('no endpoints, or nobody’s port: refused', () => {
    const made = nodePort('Cluster');
    expect(made.routing.routeNodePort('node-0', 30_081, '198.51.100.7')).toBe('reject');
    for (const name of ['web-0', 'web-1', 'web-2']) made.delete(name);
    expect(made.routing.routeNodePort('node-0', 30_080, '198.51.100.7')).toBe('reject');
  });

  test('the health check node port counts ready pods of the node', () => {
    const made = nodePort('Local', { type: 'LoadBalancer', healthCheckNodePort: 32_000 });
    expect(made.routing.healthCheck('node-0', 32_000)).toEqual({
      status: 200,
      headers: [
        'content-type',
        'application/json',
        'x-content-type-options',
        'nosniff',
        'x-load-balancing-endpoint-weight',
        '2',
      ],
      body: expect.any(String),
    });
    const body = made.routing.healthCheck('node-0', 32_000)?.body ?? '';
    expect(JSON.parse(body)).toEqual({
      service: { namespace: 'default', name: 'web' },
      localEndpoints: 2,
      serviceProxyHealthy: true,
    });
    made.delete('web-2');
    expect(made.routing.healthCheck('node-1', 32_000)).toMatchObject({ status: 503 });
    expect(made.routing.healthCheck('node-1', 32_001)).toBeUndefined();
  });
});

test('headless and ExternalName Services are not routed', () => {
  const made = cluster();
  made.service('headless', { clusterIP: 'None' });
  made.service('external', { type: 'ExternalName', externalName: 'example.com', clusterIP: undefined });
  expect(made.failures).toEqual([]);
  expect(made.routing.translate('None', 80, '')).toBeUndefined();
});

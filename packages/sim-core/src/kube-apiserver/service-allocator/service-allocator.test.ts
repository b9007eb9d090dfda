import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Service, type ServiceSpec, services } from '../../api/core-v1/service.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { Store } from '../../etcd/store.ts';
import { Random } from '../../sim/random.ts';
import { ClusterServiceAllocator } from './service-allocator.ts';

function cluster(serviceCidr = '10.96.0.0/16', seed = 1) {
  const store = new Store();
  const allocator = new ClusterServiceAllocator({ store, random: new Random(seed), serviceCidr });
  const write = (name: string, spec: ServiceSpec): Service => {
    const old = store.get('services', 'default', name) as Service | undefined;
    const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec };
    allocator.allocate(services, service as KubeObject, old);
    return store.put('services', service);
  };
  return { store, write };
}

const port = { port: 80, protocol: 'TCP' } as const;

test('a Service gets an address above the band that is kept for named ones', () => {
  const { write } = cluster();
  const {
    clusterIP = '',
    clusterIPs,
    ipFamilies,
    ipFamilyPolicy,
  } = write('web', { type: 'ClusterIP', ports: [port] }).spec;
  expect(clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
  expect(clusterIP.startsWith('10.96.0.')).toBe(false);
  expect({ clusterIPs, ipFamilies, ipFamilyPolicy }).toEqual({
    clusterIPs: [clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
});

test('another Service never moves an address', () => {
  const alone = cluster().write('web', { type: 'NodePort', ports: [port] }).spec;
  const { write } = cluster();
  for (let i = 0; i < 200; i++) write(`other-${i}`, { type: 'NodePort', ports: [port] });
  const among = write('web', { type: 'NodePort', ports: [port] }).spec;
  expect(among.clusterIP).toBe(alone.clusterIP);
});

test('addresses are never given twice, also in a full range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
      const { write } = cluster('10.0.0.0/28', seed);
      const ips = Array.from(
        { length: 14 },
        (_, i) => write(`s${i}`, { type: 'ClusterIP', ports: [port] }).spec.clusterIP,
      );
      expect(new Set(ips).size).toBe(14);
      expect(() => write('more', { type: 'ClusterIP', ports: [port] })).toThrow(
        'Internal error occurred: failed to allocate a serviceIP: range is full',
      );
    }),
    { numRuns: 20 },
  );
});

test('a named address must be in the range and free', () => {
  const { write } = cluster();
  write('a', { type: 'ClusterIP', clusterIP: '10.96.0.60', clusterIPs: ['10.96.0.60'], ports: [port] });
  expect(() =>
    write('b', { type: 'ClusterIP', clusterIP: '10.96.0.60', clusterIPs: ['10.96.0.60'], ports: [port] }),
  ).toThrow(
    'Service "b" is invalid: spec.clusterIPs: Invalid value: []string{"10.96.0.60"}: failed to allocate IP 10.96.0.60: provided IP is already allocated',
  );
  const outside = ['192.168.1.10'];
  expect(() => write('c', { type: 'ClusterIP', clusterIP: outside[0], clusterIPs: outside, ports: [port] })).toThrow(
    'failed to allocate IP 192.168.1.10: the provided network does not match the current range',
  );
});

test('a deleted Service frees what it held', () => {
  const { store, write } = cluster();
  const spec = {
    type: 'NodePort',
    clusterIP: '10.96.0.60',
    clusterIPs: ['10.96.0.60'],
    ports: [{ ...port, nodePort: 30080 }],
  } as const;
  write('a', structuredClone(spec) as unknown as ServiceSpec);
  store.remove('services', 'default', 'a');
  expect(write('b', structuredClone(spec) as unknown as ServiceSpec).spec.clusterIP).toBe('10.96.0.60');
});

test('node ports: drawn, named, refused', () => {
  const { write } = cluster();
  const drawn = write('a', { type: 'NodePort', ports: [port] }).spec.ports?.[0]?.nodePort ?? 0;
  expect(drawn).toBeGreaterThanOrEqual(30086);
  expect(drawn).toBeLessThanOrEqual(32767);
  expect(() => write('b', { type: 'NodePort', ports: [{ ...port, nodePort: drawn }] })).toThrow(
    `Service "b" is invalid: spec.ports[0].nodePort: Invalid value: ${drawn}: provided port is already allocated`,
  );
  expect(() => write('c', { type: 'NodePort', ports: [{ ...port, nodePort: 8080 }] })).toThrow(
    'spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
});

test('two ports of a Service do not share a node port', () => {
  const ports = [80, 81].map((number) => ({ ...port, name: `p${number}`, port: number, nodePort: 30080 }));
  expect(() => cluster().write('a', { type: 'NodePort', ports })).toThrow(
    'spec.ports[1].nodePort: Invalid value: 30080: provided port is already allocated',
  );
});

test('one Service port on two protocols has one node port', () => {
  const { write } = cluster();
  const ports = [
    { name: 'tcp', port: 53, protocol: 'TCP' as const },
    { name: 'udp', port: 53, protocol: 'UDP' as const },
    { name: 'http', port: 80, protocol: 'TCP' as const },
  ];
  const [tcp, udp, http] = write('dns', { type: 'NodePort', ports }).spec.ports ?? [];
  expect(tcp?.nodePort).toBe(udp?.nodePort);
  expect(http?.nodePort).not.toBe(tcp?.nodePort);
});

test('a load balancer that keeps client addresses gets a health check port, one without node ports none', () => {
  const { write } = cluster();
  const local = write('a', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [port] }).spec;
  expect(local.healthCheckNodePort).toBeGreaterThanOrEqual(30000);
  expect(local.healthCheckNodePort).not.toBe(local.ports?.[0]?.nodePort);
  const without = write('b', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [port] }).spec;
  expect(without.ports?.[0]?.nodePort).toBeUndefined();
});

test('headless Services and external names get no address', () => {
  const { write } = cluster();
  expect(write('a', { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'] }).spec).toMatchObject({
    clusterIP: 'None',
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'RequireDualStack',
  });
  const { clusterIP, ipFamilies } = write('b', { type: 'ExternalName', externalName: 'example.com' }).spec;
  expect([clusterIP, ipFamilies]).toEqual([undefined, undefined]);
});

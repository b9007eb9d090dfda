import { beforeEach, describe, expect, test } from 'vitest';
import { namespaces } from '../../api/core-v1/namespace.ts';
import { endpointSlices, SERVICE_NAME_LABEL } from '../../api/discovery-v1/endpoint-slice.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';
import { type ClusterDns, candidates, lookup, query } from './dns.ts';
import type { DnsType } from './record.ts';

let cluster: TestCluster;
let dns: ClusterDns;

beforeEach(() => {
  cluster = new TestCluster();
  const { client, slices, externalHosts } = cluster;
  dns = { client, slices, externalHosts };
  client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  cluster.service('web', {
    clusterIP: '10.96.0.10',
    ports: [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ],
  });
  cluster.service('plain', { clusterIP: '10.96.0.11', ports: [{ port: 80 }] });
  cluster.service('db', { clusterIP: 'None', ports: [{ name: 'sql', port: 5432, targetPort: 5432 }] });
  cluster.service('empty', { clusterIP: 'None' });
  cluster.service('alias', {
    type: 'ExternalName',
    externalName: 'web.default.svc.cluster.local',
    clusterIP: undefined,
  });
  cluster.service('outside', { type: 'ExternalName', externalName: 'api.example.com.', clusterIP: undefined });
  cluster.pod('db-0', {}, { hostname: 'db-0', subdomain: 'db' }, { app: 'db' });
  cluster.pod('db-x', {}, {}, { app: 'db' });
});

const ask = (name: string, type: DnsType = 'A') => {
  const { rcode, answers } = query(dns, name, type);
  if (answers.length === 0) return rcode === 'NOERROR' ? 'NODATA' : rcode;
  return answers.map(({ data }) => (typeof data === 'string' ? data : `${data.target}:${data.port}`));
};

describe('Services', () => {
  test('with a cluster IP', () => {
    expect(query(dns, 'web.default.svc.cluster.local', 'A').answers).toEqual([
      { type: 'A', name: 'web.default.svc.cluster.local', ttl: 30, data: '10.96.0.10' },
    ]);
    expect(ask('web.default.svc.cluster.local.')).toEqual(['10.96.0.10']);
    expect(ask('WEB.Default.SVC.Cluster.Local')).toEqual(['10.96.0.10']);
    expect(ask('web.default.svc.cluster.local', 'AAAA')).toBe('NODATA');
    expect(ask('web.shop.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('x.web.default.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('a.b.c.web.default.svc.cluster.local')).toBe('NXDOMAIN');
  });

  test('headless: its ready endpoints, each by its own name too; none ready: no such name', () => {
    expect(ask('db.default.svc.cluster.local')).toEqual(['10.244.0.2', '10.244.0.3']);
    expect(ask('db-0.db.default.svc.cluster.local')).toEqual(['10.244.0.2']);
    expect(ask('10-244-0-3.db.default.svc.cluster.local')).toEqual(['10.244.0.3']);
    expect(ask('empty.default.svc.cluster.local')).toBe('NXDOMAIN');
    for (let i = 0; i < 2; i++) cluster.kubelet.crash('default', 'db-0');
    cluster.settle();
    expect(ask('db.default.svc.cluster.local')).toEqual(['10.244.0.3']);
    expect(ask('db-0.db.default.svc.cluster.local')).toBe('NXDOMAIN');
  });

  test('SRV for named ports only', () => {
    expect(query(dns, '_http._tcp.web.default.svc.cluster.local', 'SRV')).toEqual({
      rcode: 'NOERROR',
      answers: [
        {
          type: 'SRV',
          name: '_http._tcp.web.default.svc.cluster.local',
          ttl: 30,
          data: { priority: 0, weight: 100, port: 80, target: 'web.default.svc.cluster.local' },
        },
      ],
      additionals: [{ type: 'A', name: 'web.default.svc.cluster.local', ttl: 30, data: '10.96.0.10' }],
    });
    expect(ask('_sql._tcp.db.default.svc.cluster.local', 'SRV')).toEqual([
      'db-0.db.default.svc.cluster.local:5432',
      '10-244-0-3.db.default.svc.cluster.local:5432',
    ]);
    expect(ask('_http._udp.web.default.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
    expect(ask('_http._tcp.plain.default.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
    expect(ask('_http._tcp.web.default.svc.cluster.local', 'A')).toBe('NODATA');
    expect(ask('web.default.svc.cluster.local', 'SRV')).toBe('NODATA');
  });

  test('ExternalName is a CNAME, followed as far as the cluster knows', () => {
    expect(ask('alias.default.svc.cluster.local')).toEqual(['web.default.svc.cluster.local', '10.96.0.10']);
    expect(ask('outside.default.svc.cluster.local')).toEqual(['api.example.com']);
    cluster.externalHosts.add('api.example.com:443', {});
    expect(ask('outside.default.svc.cluster.local')).toEqual(['api.example.com', '203.0.113.1']);
    expect(ask('alias.default.svc.cluster.local', 'TXT')).toBe('NODATA');
  });

  test('a chain of aliases that bites its tail ends', () => {
    cluster.service('a', { type: 'ExternalName', externalName: 'b.default.svc.cluster.local', clusterIP: undefined });
    cluster.service('b', { type: 'ExternalName', externalName: 'a.default.svc.cluster.local', clusterIP: undefined });
    expect(ask('a.default.svc.cluster.local').length).toBeLessThan(20);
    expect(lookup(dns, { ip: '10.244.0.9', namespace: 'default' }, 'a')).toBeUndefined();
  });

  test('a slice that a person wrote counts', () => {
    cluster.client.create(endpointSlices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'by-hand', namespace: 'default', labels: { [SERVICE_NAME_LABEL]: 'empty' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.9'] }],
      ports: [],
    });
    expect(ask('empty.default.svc.cluster.local')).toEqual(['192.0.2.9']);
  });
});

test('names between: there, without records', () => {
  for (const name of [
    'cluster.local',
    'svc.cluster.local',
    'pod.cluster.local',
    'default.svc.cluster.local',
    'shop.pod.cluster.local',
  ]) {
    expect(ask(name)).toBe('NODATA');
  }
  expect(ask('nobody.svc.cluster.local')).toBe('NXDOMAIN');
  expect(ask('something.cluster.local')).toBe('NXDOMAIN');
  expect(ask('dns-version.cluster.local', 'TXT')).toEqual(['1.1.0']);
});

test('pods by address', () => {
  expect(ask('10-244-0-2.default.pod.cluster.local')).toEqual(['10.244.0.2']);
  expect(ask('10-244-0-2.nowhere.pod.cluster.local')).toBe('NXDOMAIN');
  expect(ask('ten.default.pod.cluster.local')).toBe('NXDOMAIN');
});

test('PTR of cluster IPs and of headless endpoints', () => {
  expect(ask('10.0.96.10.in-addr.arpa', 'PTR')).toEqual(['web.default.svc.cluster.local']);
  expect(ask('2.0.244.10.in-addr.arpa', 'PTR')).toEqual(['db-0.db.default.svc.cluster.local']);
  expect(ask('9.9.9.9.in-addr.arpa', 'PTR')).toBe('NXDOMAIN');
  expect(ask('10.0.96.10.in-addr.arpa', 'A')).toBe('NODATA');
});

describe('as a pod asks', () => {
  const from = (namespace: string) => ({ ip: '10.244.0.9', namespace, hosts: new Map([['me', '10.244.0.9']]) });

  test('the search list: name, name.ns, name.ns.svc, the full name', () => {
    for (const name of [
      'web',
      'web.default',
      'web.default.svc',
      'web.default.svc.cluster.local',
      'web.default.svc.cluster.local.',
      'WEB',
    ]) {
      expect(lookup(dns, from('default'), name)).toBe('10.96.0.10');
    }
    expect(lookup(dns, from('shop'), 'web')).toBeUndefined();
    expect(lookup(dns, from('shop'), 'web.default')).toBe('10.96.0.10');
    expect(lookup(dns, from('default'), 'web.')).toBeUndefined();
    expect(lookup(dns, { ip: '10.244.0.9' }, 'web.default')).toBeUndefined();
  });

  test('ndots:5 decides what is tried first', () => {
    expect(candidates('a.b', 'shop')).toEqual([
      'a.b.shop.svc.cluster.local',
      'a.b.svc.cluster.local',
      'a.b.cluster.local',
      'a.b',
    ]);
    expect(candidates('a.b.c.d.e.f', 'shop')[0]).toBe('a.b.c.d.e.f');
    expect(candidates('a.b.', 'shop')).toEqual(['a.b']);
  });

  test('itself, localhost, addresses, names outside', () => {
    expect(lookup(dns, from('default'), 'me')).toBe('10.244.0.9');
    expect(lookup(dns, from('default'), 'localhost')).toBe('10.244.0.9');
    expect(lookup(dns, from('default'), '127.0.0.1')).toBe('10.244.0.9');
    expect(lookup(dns, from('default'), '10.1.2.3')).toBe('10.1.2.3');
    expect(lookup(dns, from('default'), 'example.com')).toBeUndefined();
    cluster.externalHosts.add('Example.com:80', {});
    expect(lookup(dns, from('default'), 'example.com')).toBe('203.0.113.1');
    cluster.externalHosts.add('127.0.0.1:19998', {});
    expect(lookup(dns, from('default'), '127.0.0.1')).toBe('127.0.0.1');
  });
});

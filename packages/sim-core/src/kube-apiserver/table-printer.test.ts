import { expect, test } from 'vitest';
import { type Service, services } from '../api/core-v1/service.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
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

import type { RunningWorld } from '../../doctor/testing/running-world.ts';
import type { DecisionRecord } from '../../ingress-nginx/nginx/decision-record.ts';
import { StatusSink } from '../../traffic/status-sink.ts';
import type { BoxIds } from '../../view/flows.ts';

/** Box ids that are names, so that tests can read them. */
export const NAMES: BoxIds = Object.freeze({
  loadBalancer: (service: string) => `lb:${service}`,
  pod: (key: string) => (key === '' ? undefined : `pod:${key}`),
  ingress: (namespace: string, name: string) => `ingress:${namespace}/${name}`,
  service: (namespace: string, name: string) => `service:${namespace}/${name}`,
});

export const LB = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';

/** Sends a real request through the edge and returns its decision record. */
export async function send(
  { cluster }: RunningWorld,
  url: string,
  headers: readonly string[] = [],
  options: { method?: string; tls?: boolean } = {},
): Promise<DecisionRecord> {
  const { hostname, protocol } = new URL(url);
  const target = /^https?:\/\/[^/]*(.*)$/.exec(url)?.[1] ?? '/';
  const tls = protocol === 'https:' ? { tls: { sni: hostname } } : {};
  const connection = cluster.edge.connect(
    { host: hostname, servicePort: protocol === 'https:' ? 443 : 80, ...tls },
    { address: '203.0.113.7', port: 40000 },
  );
  if ('refused' in connection) throw new Error(connection.message);
  let status = -1;
  connection.http(
    {
      method: options.method ?? 'GET',
      url: target,
      httpVersion: '1.1',
      headers: ['Host', hostname, ...headers],
      remoteAddress: '203.0.113.7',
    },
    new StatusSink((answered) => {
      status = answered;
    }),
  );
  for (let waited = 0; status < 0 && waited < 400; waited++) {
    for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    if (status < 0) cluster.advance(500);
  }
  const record = cluster.records.get(cluster.records.lastId);
  if (record === undefined || record === 'evicted') throw new Error('no record');
  return record;
}

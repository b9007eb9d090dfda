import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../../addons/ingress-nginx.ts';
import { simulateRequests } from '../../cluster/simulate-requests.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import type { DecisionRecord } from '../../ingress-nginx/nginx/decision-record.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { defaultSettings } from '../../scenario/settings.ts';
import { buildRequest, KEPT_CONNECTIONS } from '../../traffic/load-generator.ts';
import { nodeCertificates } from '../certificates.ts';
import { type Edge, startEdge } from './edge.ts';
import { RawClient } from './testing/raw-client.ts';

const CANARY = readFileSync(new URL('../../../../../scenarios/canary.yaml', import.meta.url), 'utf8');
const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
const COUNT = 600;
/** Milliseconds between two requests. */
const INTERVAL = 10;
/** Keys are made by chance that is not ours: both clusters get the same one. */
const PAIR = nodeCertificates.selfSigned({ commonName: 'fake', dnsNames: ['ingress.local'] });

const INGRESSES: Readonly<Record<string, string>> = {
  plain: '',
  rewritten: 'rewrite-target: "/there$1"',
  moved: 'permanent-redirect: "https://elsewhere.example/"',
  secure: 'force-ssl-redirect: "true"',
  kept: 'whitelist-source-range: "192.0.2.0/24"',
  limited: 'limit-rps: "5"',
  signed: 'auth-url: "http://netflix-frontend.default.svc.cluster.local:3000/auth"',
  sticky: 'affinity: cookie',
  nowhere: '',
};

const URLS = [
  `http://${HOST}/`,
  `http://${HOST}/some/where?with=a&query`,
  'https://plain.example/',
  'http://unknown.example/',
  ...Object.keys(INGRESSES).map((name) => `http://${name}.example/path`),
];
const HEADERS = { 'X-Own': 'a', cookie: 'a=b; c=d' };

test('every request leaves the same record, field by field, in virtual time and over sockets', async () => {
  const inMemory = await simulated();
  const overSockets = await sent();
  expect(inMemory).toHaveLength(COUNT);
  expect(new Set(inMemory.map(({ status }) => status))).toEqual(new Set([200, 301, 308, 403, 404, 503]));
  expect(inMemory.filter(({ toCanary }) => toCanary).length).toBeGreaterThan(0);
  for (const [i, record] of inMemory.entries()) expect(overSockets[i], `request ${i + 1}`).toEqual(record);
});

async function simulated(): Promise<DecisionRecord[]> {
  const cluster = clusterWith({ traceHeader: false });
  const records = recordsOf(cluster);
  await simulateRequests(cluster, { urls: URLS, headers: HEADERS, count: COUNT, rate: 1000 / INTERVAL });
  return records;
}

/** The same over sockets: one after the other, on connections that are kept. */
async function sent(): Promise<DecisionRecord[]> {
  const cluster = clusterWith({ traceHeader: true });
  const records = recordsOf(cluster);
  const edge = await startEdge({ engine: cluster.edge, httpPort: 0, httpsPort: 0 });
  onTestFinished(() => edge.close());
  const clients = new Map<string, Send>();
  for (let i = 0; i < COUNT; i++) {
    const turn = i % URLS.length;
    const connection = `${turn}/${i % KEPT_CONNECTIONS}`;
    const send = clients.get(connection) ?? (await openClient(edge, URLS[turn] as string));
    clients.set(connection, send);
    send();
    while (records.length <= i) await new Promise((resolve) => setImmediate(resolve));
    cluster.advance(INTERVAL);
  }
  return records;
}

/** Sends a connection's request once more. */
type Send = () => void;

async function openClient(edge: Edge, url: string): Promise<Send> {
  const { scheme, host, request } = buildRequest({ url, headers: HEADERS });
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < request.headers.length; i += 2) lines.push(`${request.headers[i]}: ${request.headers[i + 1]}`);
  const text = `${lines.join('\r\n')}\r\n\r\n`;
  if (scheme === 'http') {
    const client = new RawClient(edge.httpPort);
    onTestFinished(() => void client.socket.destroy());
    return () => client.send(text);
  }
  const socket = connect({ port: edge.httpsPort, host: '127.0.0.1', servername: host, rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  socket.resume();
  return () => socket.write(text);
}

/** Copies: slots of the ring are written again. */
function recordsOf(cluster: Cluster): DecisionRecord[] {
  const records: DecisionRecord[] = [];
  cluster.records.onWritten((record) => records.push({ ...record }));
  return records;
}

function clusterWith(options: { traceHeader: boolean }): Cluster {
  const certificates = { ...nodeCertificates, selfSigned: () => PAIR };
  const cluster = createCluster({ settings: { ...defaultSettings(), seed: '21' }, certificates, ...options });
  for (const text of [INGRESS_NGINX_ADDON, CANARY, Object.entries(INGRESSES).map(ingress).join('---\n')]) {
    const { documents } = decodeManifests('simulate.yaml', text);
    cluster.apply(documents.filter(({ value }) => value.kind !== 'Scenario'));
  }
  cluster.advance(30_000);
  return cluster;
}

function ingress([name, annotation]: [string, string]): string {
  const service = name === 'nowhere' ? 'nobody' : 'netflix-frontend';
  const path = name === 'rewritten' ? '/path(.*)' : '/';
  const type = name === 'rewritten' ? 'ImplementationSpecific' : 'Prefix';
  const annotations = annotation === '' ? '' : `, annotations: { nginx.ingress.kubernetes.io/${annotation} }`;
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}${annotations} }
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example
      http: { paths: [{ path: "${path}", pathType: ${type}, backend: { service: { name: ${service}, port: { number: 3000 } } } }] }
`;
}

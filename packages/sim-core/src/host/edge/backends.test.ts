import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect as tlsConnect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../../addons/ingress-nginx.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { nodeCertificates } from '../certificates.ts';
import { type Edge, startEdge } from './edge.ts';

/* Clients of flesh and blood: node's HTTP/2 and TLS over sockets, through ingress-nginx to pods that speak gRPC and TLS. */

const PODS = `
${deployment('bin', 'moul/grpcbin', [9000, 9001])}
${deployment('secure', 'example.com/secure:1', [8443])}
${deployment('plain', 'example.com/plain:1', [8080])}
${ingress('grpc', 'bin', 9000, { 'backend-protocol': 'GRPC' })}
${ingress('grpcs', 'bin', 9001, { 'backend-protocol': 'GRPCS' })}
${ingress('no-grpc', 'plain', 8080, { 'backend-protocol': 'GRPC' })}
${ingress('tls-for-none', 'bin', 9000, { 'backend-protocol': 'GRPCS' })}
${ingress('none-for-tls', 'bin', 9001, { 'backend-protocol': 'GRPC' })}
${ingress('passed', 'secure', 8443, { 'ssl-passthrough': 'true' })}
${ingress('in-vain', 'plain', 8080, { 'ssl-passthrough': 'true' })}
`;

function deployment(name: string, image: string, ports: readonly number[]): string {
  const containerPorts = ports.map((port) => `{ containerPort: ${port} }`).join(', ');
  const servicePorts = ports.map((port) => `{ name: p${port}, port: ${port} }`).join(', ');
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: "${image}", ports: [${containerPorts}] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [${servicePorts}] }
---`;
}

function ingress(name: string, service: string, port: number, annotations: Record<string, string>): string {
  const lines = Object.entries(annotations).map(([key, value]) => `nginx.ingress.kubernetes.io/${key}: "${value}"`);
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${lines.join(', ')} } }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [${name}.test] }]
  rules:
    - host: ${name}.test
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: ${port} } } } }] }
---`;
}

async function sandbox(flag = ''): Promise<{ cluster: Cluster; edge: Edge }> {
  const cluster = createCluster({ certificates: nodeCertificates });
  const addon = INGRESS_NGINX_ADDON.replace(/^( *)- --publish-service/m, (line, indent) => `${indent}${flag}\n${line}`);
  for (const text of [addon, PODS]) cluster.apply(decodeManifests('backends.yaml', text).documents);
  cluster.advance(60_000);
  const engine = {
    connect: cluster.edge.connect.bind(cluster.edge),
    tlsFor: cluster.edge.tlsFor.bind(cluster.edge),
    loadBalancers: () => [],
    onLoadBalancersChanged: () => () => {},
  };
  const edge = await startEdge({ engine, httpPort: 0, httpsPort: 0, addresses: ['127.0.0.1'] });
  onTestFinished(() => edge.close());
  return { cluster, edge };
}

function session({ httpsPort }: Edge, host: string): ClientHttp2Session {
  const made = connect(`https://127.0.0.1:${httpsPort}`, { rejectUnauthorized: false, servername: host });
  onTestFinished(() => made.destroy());
  return made;
}

/** `HelloRequest`, framed. */
function hello(name: string): Buffer {
  const message = Buffer.from([10, name.length, ...Buffer.from(name)]);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** A call of gRPC: its head, and how to go on. */
function call(edge: Edge, host: string, path: string) {
  const headers = { ':method': 'POST', ':authority': host, ':path': path, 'content-type': 'application/grpc' };
  const stream = session(edge, host).request({ ...headers, te: 'trailers' });
  const head = once(stream, 'response').then(([received]) => received as Record<string, unknown>);
  const trailers = once(stream, 'trailers').then(([received]) => received as Record<string, unknown>);
  return { stream, head, trailers };
}

const SAY = '/hello.HelloService/SayHello';

describe('gRPC', () => {
  test.each(['grpc.test', 'grpcs.test'])('%s: a message, its answer, and the status in the trailers', async (host) => {
    const { edge } = await sandbox();
    const { stream, head, trailers } = call(edge, host, SAY);
    stream.end(hello('Ann'));
    expect(await head).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
    const [data] = await once(stream, 'data');
    expect(String(data)).toContain('hello Ann');
    expect(await trailers).toMatchObject({ 'grpc-status': '0' });
  });

  test('both sides stream: an answer comes before the next message goes', async () => {
    const { edge } = await sandbox();
    const { stream, trailers } = call(edge, 'grpc.test', '/hello.HelloService/BidiHello');
    for (const name of ['Ann', 'Bob', 'Cid']) {
      stream.write(hello(name));
      const [data] = await once(stream, 'data');
      expect(String(data)).toContain(`hello ${name}`);
    }
    stream.end();
    expect(await trailers).toMatchObject({ 'grpc-status': '0' });
  });

  test('a call that fails at once has its status in the head', async () => {
    const { edge } = await sandbox();
    const { stream, head } = call(edge, 'grpc.test', '/grpcbin.GRPCBin/SpecificError');
    // code 7, reason "no"
    stream.end(Buffer.from([0, 0, 0, 0, 6, 8, 7, 18, 2, 110, 111]));
    expect(await head).toMatchObject({ ':status': 200, 'grpc-status': '7', 'grpc-message': 'no' });
  });

  test.each(['no-grpc.test', 'tls-for-none.test', 'none-for-tls.test'])('%s: 502', async (host) => {
    const { edge, cluster } = await sandbox();
    const { stream, head } = call(edge, host, SAY);
    stream.end(hello('Ann'));
    expect(await head).toMatchObject({ ':status': 502 });
    expect(cluster.records.newest(1)[0]?.reason).toBe(host.startsWith('tls') ? 'tls-handshake' : 'no-http2');
  });

  test('clients of HTTP/1.1 get the trailers behind the last chunk', async () => {
    const { edge } = await sandbox();
    const asked = httpsRequest({
      port: edge.httpsPort,
      host: '127.0.0.1',
      servername: 'grpc.test',
      rejectUnauthorized: false,
      method: 'POST',
      path: SAY,
      headers: { host: 'grpc.test', 'content-type': 'application/grpc', te: 'trailers' },
    });
    asked.end(hello('Ann'));
    const [response] = await once(asked, 'response');
    response.resume();
    await once(response, 'end');
    expect(response.statusCode).toBe(200);
    expect(response.trailers).toEqual({ 'grpc-status': '0' });
  });
});

describe('ssl-passthrough', () => {
  /** The name in the certificate that a handshake shows; '' for a handshake that fails. */
  async function shown({ httpsPort }: Edge, servername: string): Promise<string> {
    const socket = tlsConnect({ port: httpsPort, host: '127.0.0.1', servername, rejectUnauthorized: false });
    onTestFinished(() => {
      socket.destroy();
    });
    const failed = new Promise<string>((resolve) => socket.on('error', () => resolve('')));
    const name = once(socket, 'secureConnect').then(() => String(socket.getPeerCertificate().subject.CN));
    return Promise.race([name, failed]);
  }

  /** Who answers on a connection of its own, and whose certificate it showed. */
  function get({ httpsPort }: Edge, host: string): Promise<{ name: string; body: string; headers: unknown }> {
    return new Promise((resolve, reject) => {
      const options = { port: httpsPort, host: '127.0.0.1', servername: host, rejectUnauthorized: false, agent: false };
      const asked = httpsRequest({ ...options, headers: { host } }, async (response) => {
        let body = '';
        for await (const piece of response) body += piece;
        const certificate = (response.socket as ReturnType<typeof tlsConnect>).getPeerCertificate();
        resolve({ name: String(certificate.subject?.CN), body, headers: response.headers });
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  const FAKE = 'Kubernetes Ingress Controller Fake Certificate';

  test('without the flag nginx shakes hands as ever', async () => {
    const { edge } = await sandbox();
    expect(await shown(edge, 'passed.test')).toBe(FAKE);
  });

  test('with the flag the pod does, and it is the one that answers', async () => {
    const { edge, cluster } = await sandbox('- --enable-ssl-passthrough');
    const before = cluster.records.finished;
    const accepted = () => [...cluster.ingress.replicas.values()].map(({ proxy }) => proxy.status.accepted);
    const nginx = accepted();
    for (let i = 0; i < 6; i++) {
      const { name, body, headers } = await get(edge, 'passed.test');
      expect(name).toMatch(/^secure-/);
      expect(body).toContain(`pod ${name},`);
      expect(headers).not.toHaveProperty('x-sandbox-request');
    }
    expect(accepted()).toEqual(nginx);
    const records = cluster.records.newest(6);
    expect(cluster.records.finished).toBe(before + 6);
    for (const record of records)
      expect(record).toMatchObject({ reason: 'passed-through', host: 'passed.test', status: 0, url: '' });
    expect(await shown(edge, 'grpc.test')).toBe(FAKE);
    expect(await shown(edge, 'other.passed.test')).toBe(FAKE);
  });

  test('a pod that speaks no TLS ends the handshake', async () => {
    const { edge } = await sandbox('- --enable-ssl-passthrough');
    expect(await shown(edge, 'in-vain.test')).toBe('');
  });
});

import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { nodeCertificates } from '../certificates.ts';
import { canaryCluster } from '../control/testing/canary-cluster.ts';
import { RawClient } from '../edge/testing/raw-client.ts';
import type { AuditLog } from './audit-log.ts';
import { startKubernetes } from './listener.ts';
import { SpdyClient } from './streams/testing/spdy-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
const FORWARD = 'X-Stream-Protocol-Version: portforward.k8s.io';
const H2C = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n';

/** The API of the canary lesson on a free port. */
async function runningApi({ adminToken = '', isSecure = false } = {}) {
  const cluster = canaryCluster();
  const protocols: string[] = [];
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  cluster.api.useAdminToken(adminToken);
  const { network } = cluster;
  const listener = await startKubernetes({
    port: 0,
    ...(isSecure && { certificate: () => nodeCertificates.selfSigned({ commonName: 'a', dnsNames: ['a'] }) }),
    apiServer: () => cluster.api.server(),
    dial: (podIp, port) => {
      const dialled = network.network.dial(podIp, port, podIp);
      return typeof dialled === 'string' ? dialled : dialled.workload;
    },
    auditLog: protocolsOnly(protocols),
    onError,
  });
  onTestFinished(() => listener.close());
  const ask = async (text: string): Promise<string> => {
    const { received } = await new RawClient(listener.port).send(text).end();
    return received;
  };
  const list = await ask(
    `GET ${PODS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${adminToken}\r\n\r\n`,
  );
  const pod = /"name":"(netflix-frontend-[^"]+)"/.exec(list)?.[1] ?? '';
  const spdy = (path: string, ...headers: string[]): SpdyClient => {
    const client = new SpdyClient(listener.port, path, headers);
    onTestFinished(() => void client.socket.destroy());
    return client;
  };
  return { port: listener.port, pod, ask, spdy, protocols, errors };
}

/** An audit log that keeps which protocols connections speak. */
function protocolsOnly(protocols: string[]): AuditLog {
  const entry = { asked: () => {}, speaks: (protocol: string) => void protocols.push(protocol), complete: () => {} };
  return { received: () => entry, close: () => {} };
}

test('a port of a pod is forwarded', async () => {
  const { spdy, pod, protocols } = await runningApi();
  const client = spdy(`${PODS}/${pod}/portforward`, FORWARD);
  client.open({ streamtype: 'error', port: '3000', requestid: '0' });
  const data = client.open({ streamtype: 'data', port: '3000', requestid: '0' });
  client.send(data, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await client.until(() => client.data.get(data)?.includes(pod) === true);
  expect(protocols).toEqual(['SPDY/3.1 portforward.k8s.io']);
});

test('what the API server refuses is answered before the protocol changes', async () => {
  const { spdy, protocols } = await runningApi({ adminToken: 'secret' });
  const unknown = spdy(`${PODS}/nope/portforward`, FORWARD, 'Authorization: Bearer secret');
  const stranger = spdy(`${PODS}/nope/exec?command=ls&stdout=true`, FORWARD);
  await unknown.closed();
  await stranger.closed();
  expect(unknown.head).toMatch(/^HTTP\/1.1 404 Not Found\r\n.*"message":"pods \\"nope\\" not found"/s);
  expect(stranger.head).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n/);
  expect(protocols).toEqual([]);
});

test('a browser brings its token as a subprotocol', async () => {
  const { port, pod, protocols } = await runningApi({ adminToken: 'secret' });
  const token = `base64url.bearer.authorization.k8s.io.${Buffer.from('secret').toString('base64url')}`;
  const path = `${PODS}/${pod}/portforward?ports=3000`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [token, 'v4.channel.k8s.io']);
  onTestFinished(() => socket.terminate());
  await new Promise((resolve) => socket.once('open', resolve));
  expect(socket.protocol).toBe('v4.channel.k8s.io');
  expect(protocols).toEqual(['WebSocket v4.channel.k8s.io']);
});

test('a connection needs another protocol', async () => {
  const { ask, pod } = await runningApi();
  const answer = await ask(`GET ${PODS}/${pod}/portforward HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 400 .*"message":"Upgrade request required","reason":"BadRequest"/s);
});

test('all other requests are served as if they had asked for nothing, bodies and kept connections included', async () => {
  const { port } = await runningApi();
  const client = new RawClient(port);
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'from-java' } });
  const post = `POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  client.send(`${post}${H2C}\r\n${body.slice(0, 9)}`).send(body.slice(9));
  await client.matches(/HTTP\/1.1 201 Created/);
  client.send(`GET /version HTTP/1.1\r\nHost: localhost\r\n${H2C}\r\n`);
  await client.matches(/HTTP\/1.1 200 OK/);
  client.socket.destroy();
});

test('over TLS too', async () => {
  const { port } = await runningApi({ isSecure: true });
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /version HTTP/1.1\r\nHost: localhost\r\n${H2C}\r\n`);
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
});

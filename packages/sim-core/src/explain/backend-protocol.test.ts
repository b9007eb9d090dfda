import { describe, expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { examine } from '../doctor/doctor.ts';
import { runningWorld } from '../doctor/testing/running-world.ts';
import { describe as describeRecord } from './describe.ts';
import { explain } from './explain.ts';
import { NAMES, send } from './testing/ask.ts';

/* What is said of pods that speak something else than nginx thinks, and of TLS that nginx does not end. */

const FLAG = '--enable-ssl-passthrough';
const FLAGGED = INGRESS_NGINX_ADDON.replace(
  /^( *)- --publish-service/m,
  (line, indent) => `${indent}- ${FLAG}\n${line}`,
);

function pods(port: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "example.com/web:1", ports: [{ containerPort: ${port} }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${port} }] }
---
`;
}

function world(port: number, annotations: Record<string, string>, options: { flag?: boolean; paths?: string[] } = {}) {
  const lines = Object.entries(annotations).map(
    ([name, value]) => `    nginx.ingress.kubernetes.io/${name}: "${value}"`,
  );
  const paths = (options.paths ?? ['/']).map(
    (path) => `{ path: ${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }`,
  );
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
${lines.join('\n')}
spec:
  ingressClassName: nginx
  rules:
    - host: web.test
      http: { paths: [${paths.join(', ')}] }
`;
  const text = `${pods(port)}${ingress}`;
  if (options.flag !== true) return runningWorld({ 'web.yaml': text });
  return runningWorld({ 'controller.yaml': FLAGGED, 'web.yaml': text }, { addon: false, seconds: 60 });
}

describe('502', () => {
  test.each([
    ['HTTPS', 8080, 'could not shake hands', 'wrong version number', 'Take backend-protocol away'],
    ['GRPC', 8080, 'does not speak HTTP/2 as gRPC needs it', 'too large http2 frame', 'GRPCS with it'],
    ['FCGI', 8080, 'does not speak FastCGI', 'unsupported FastCGI protocol version', 'php-fpm (9000)'],
  ])('backend-protocol %s of pods that speak HTTP', async (protocol, port, says, words, fix) => {
    const made = world(port, { 'backend-protocol': protocol });
    const record = await send(made, 'http://web.test/');
    expect(record.status).toBe(502);
    const trace = describeRecord({ record, world: made.world(), ids: NAMES });
    expect(trace.summary).toContain(`502: pod default/web-`);
    for (const text of [says, words, 'backend-protocol, web.yaml:']) expect(trace.summary).toContain(text);
    expect(trace.fix).toContain(fix);
  });
});

describe('ssl-passthrough', () => {
  const found = (made: ReturnType<typeof world>) =>
    examine(made.world())
      .filter(({ reason }) => reason.startsWith('Passthrough'))
      .map(({ reason, message }) => [reason, message]);
  const PASS = { 'ssl-passthrough': 'true' };

  test('explained: nginx sees no request', () => {
    const trace = explain(
      { method: 'GET', url: 'https://web.test/a', headers: {} },
      { world: world(8443, PASS, { flag: true }).world(), ids: NAMES },
    );
    expect(trace.summary).toMatch(
      /^Goes to Service default\/web:80: the TLS connection named web\.test in its handshake and went on undecrypted \(ssl-passthrough, web\.yaml:\d+\)/,
    );
    expect(trace.hops.map(({ step }) => step)).not.toContain('location');
    const plain = explain(
      { method: 'GET', url: 'http://web.test/a', headers: {} },
      { world: world(8443, PASS, { flag: true }).world(), ids: NAMES },
    );
    expect(plain.hops.map(({ step }) => step)).toContain('location');
  });

  test('the doctor tells of a flag that is missing', () => {
    expect(found(world(8443, PASS))).toEqual([
      ['PassthroughDisabled', expect.stringContaining('the controller runs without --enable-ssl-passthrough')],
    ]);
  });

  test('of a host without a path /', () => {
    expect(found(world(8443, PASS, { flag: true, paths: ['/a'] }))).toEqual([
      ['PassthroughWithoutRoot', expect.stringContaining('TLS connections for web.test are not passed through')],
    ]);
  });

  test('and of what does not count beside it', () => {
    expect(found(world(8443, { ...PASS, 'app-root': '/a' }, { flag: true, paths: ['/', '/b'] }))).toEqual([
      ['PassthroughIgnoresOthers', expect.stringContaining('app-root and path /b counts on plain http only')],
    ]);
    expect(found(world(8443, PASS, { flag: true }))).toEqual([]);
  });
});

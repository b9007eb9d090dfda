import { expect, test } from 'vitest';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { createApiClient } from '../testing/api-client.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1.0", ports: [{ containerPort: 3000 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 3000 }, { name: none, port: 81, targetPort: 9 }] }
---
apiVersion: v1
kind: Service
metadata: { name: nobody }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
`;

function client() {
  const api = createApiClient();
  api.cluster.apply(decodeManifests('web.yaml', WEB).documents);
  const proxy = (what: string, method = 'GET') => api.ask(method, `/api/v1/namespaces/default/${what}`);
  return { ...api, proxy };
}

test('a Service and a pod answer through the API server', async () => {
  const { proxy, cluster } = client();
  const { status, text } = await proxy('services/web:http/proxy/a/b?c=d');
  expect(status).toBe(200);
  expect(text).toMatch(/^web 1\.0\npod web-\S+, node .*\nGET \/a\/b\?c=d\n$/);
  expect((await proxy('services/http:web:80/proxy/', 'POST')).status).toBe(200);
  const pod = text.match(/pod (\S+),/)?.[1] ?? '';
  expect((await proxy(`pods/${pod}/proxy/`)).text).toContain(pod);
  expect((await proxy(`pods/${pod}:3000/proxy/x`)).text).toContain('GET /x');
  cluster.stop();
});

test('any of the ready pods of a Service answers', async () => {
  const { proxy, cluster } = client();
  cluster.apply(decodeManifests('web.yaml', WEB.replace('spec:', 'spec:\n  replicas: 3')).documents);
  const pods = new Set<string>();
  for (let asked = 0; asked < 40; asked++)
    pods.add((await proxy('services/web:http/proxy/')).text.match(/pod (\S+),/)?.[1] ?? '');
  expect(pods.size).toBe(3);
  cluster.stop();
});

test('only what stands behind the subresource is the path, whatever else is called proxy', async () => {
  const { ask, cluster } = client();
  const named = WEB.replaceAll('name: web }', 'name: proxy, namespace: proxy }');
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: proxy }\n---\n';
  cluster.apply(decodeManifests('proxy.yaml', namespace + named).documents);
  const { text } = await ask('GET', '/api/v1/namespaces/proxy/services/proxy:http/proxy/a/proxy/b?c=/proxy/d');
  expect(text).toContain('\nGET /a/proxy/b?c=/proxy/d\n');
  cluster.stop();
});

test('https: asks who speaks TLS, and nobody else', async () => {
  const { proxy, cluster } = client();
  const secure = WEB.replaceAll('web', 'secure').replaceAll('3000', '8443');
  cluster.apply(decodeManifests('tls.yaml', secure).documents);
  expect((await proxy('services/https:secure:80/proxy/')).text).toContain('TLS: no server name');
  expect((await proxy('services/secure:80/proxy/')).status).toBe(400);
  expect((await proxy('services/https:web:80/proxy/')).body.message).toBe(
    'error trying to reach service: tls: first record does not look like a TLS handshake',
  );
  cluster.stop();
});

test('what cannot be reached is said in the words of the real server', async () => {
  const { proxy } = client();
  expect((await proxy('services/nobody/proxy/')).body).toMatchObject({
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'no endpoints available for service "nobody"',
  });
  expect((await proxy('services/web:99/proxy/')).body.message).toBe('no service port "99" found for service "web"');
  expect((await proxy('services/web:none/proxy/')).body.message).toMatch(
    /^error trying to reach service: dial tcp 10\.\S+:9: connect: connection refused$/,
  );
  expect((await proxy('services/missing/proxy/')).status).toBe(404);
});

test('the root is asked for with a slash', async () => {
  const { proxy } = client();
  const { status, headers } = await proxy('services/web/proxy?a=b');
  expect([status, headers['location']]).toEqual([301, '/api/v1/namespaces/default/services/web/proxy/?a=b']);
});

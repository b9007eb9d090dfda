import { describe, expect, test } from 'vitest';
import type { FastcgiRequest, Workload } from '../../../workloads/workload.ts';
import { printConf } from '../../nginx/print-conf.ts';
import { configMapOf, serve } from '../../testing/served.ts';
import { podsAre } from '../../testing/speaking.ts';

/* fastcgi-index and fastcgi-params-configmap, with backend-protocol FCGI. */

const FCGI = { 'backend-protocol': 'FCGI' };
const PARAMS = configMapOf('php', { SCRIPT_FILENAME: '/app$fastcgi_script_name', APP_ENV: 'test' });

function host(
  annotations: Record<string, string>,
  options: { objects?: unknown[]; configMap?: Record<string, string> } = {},
) {
  const asked: FastcgiRequest[] = [];
  const workload: Workload = {
    fastcgi: (request, response) => {
      asked.push(request);
      response.writeHead(200, ['content-type', 'text/html']);
      response.end('');
    },
  };
  const served = serve(annotations, {
    endpoints: 1,
    ...(options.configMap && { configMap: options.configMap }),
    prepare: (world) => {
      podsAre(workload)(world);
      world.load(options.objects ?? [PARAMS]);
    },
  });
  const params = () => {
    const flat = asked.at(-1)?.params ?? [];
    return Object.fromEntries(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1]]] : [])));
  };
  return { ...served, asked, params };
}

test('pods get nginx’s parameters and the client’s own headers, and none that proxy_set_header sets', async () => {
  const { get, params } = host(FCGI);
  const headers = ['X-Own', '1', 'Content-Type', 'text/plain'];
  expect((await get('/a/b.php?c=d', { method: 'POST', body: 'x', headers })).status).toBe(200);
  expect(params()).toMatchObject({
    QUERY_STRING: 'c=d',
    REQUEST_METHOD: 'POST',
    CONTENT_TYPE: 'text/plain',
    CONTENT_LENGTH: '1',
    SCRIPT_NAME: '/a/b.php',
    REQUEST_URI: '/a/b.php?c=d',
    SERVER_NAME: 'app.test',
    HTTP_HOST: 'app.test',
    HTTP_X_OWN: '1',
  });
  for (const name of ['HTTP_X_REAL_IP', 'HTTP_CONTENT_TYPE', 'HTTPS']) expect(params()).not.toHaveProperty(name);
});

test('fastcgi-index: behind a path with a slash at its end', async () => {
  const { get, params } = host({ ...FCGI, 'fastcgi-index': 'index.php' });
  await get('/a/');
  expect(params()).toMatchObject({ SCRIPT_NAME: '/a/index.php', DOCUMENT_URI: '/a/' });
  await get('/a/b.php');
  expect(params()).toMatchObject({ SCRIPT_NAME: '/a/b.php' });
});

test('fastcgi-params-configmap: parameters may hold variables', async () => {
  const { get, params } = host({ ...FCGI, 'fastcgi-params-configmap': 'php' });
  await get('/b.php');
  expect(params()).toMatchObject({ SCRIPT_FILENAME: '/app/b.php', APP_ENV: 'test' });
});

describe('the ConfigMap', () => {
  const other = configMapOf('php', { A: 'b' }, 'other');
  const bad = configMapOf('php', { A: 'b;c' });
  test.each<[string, string, unknown[], number]>([
    ['of the Ingress’s namespace', 'default/php', [PARAMS], 200],
    ['of none that is there', 'none', [PARAMS], 503],
    ['with too many names', 'a/b/c', [PARAMS], 503],
    ['of another namespace: as if it were not there', 'other/php', [other], 200],
    ['with what could break out of nginx.conf: the Ingress is left out', 'php', [bad], 404],
  ])('%s: %s', async (_name, value, objects, status) => {
    expect((await host({ ...FCGI, 'fastcgi-params-configmap': value }, { objects }).get('/b.php')).status).toBe(status);
  });

  test('even where other namespaces are allowed it is that of the own one', async () => {
    const configMap = { 'allow-cross-namespace-resources': 'true' };
    const { get, params } = host(
      { ...FCGI, 'fastcgi-params-configmap': 'other/php' },
      { objects: [other, PARAMS], configMap },
    );
    await get('/b.php');
    expect(params()).toMatchObject({ APP_ENV: 'test' });
    expect(params()).not.toHaveProperty('A');
  });
});

test('printed, whatever is spoken', () => {
  const own = { 'fastcgi-index': 'index.php', 'fastcgi-params-configmap': 'php' };
  for (const annotations of [own, { ...own, ...FCGI }]) {
    const conf = printConf(host(annotations).replica.model().configuration);
    expect(conf).toContain('fastcgi_index "index.php";');
    expect(conf).toContain('fastcgi_param SCRIPT_FILENAME "/app$fastcgi_script_name";');
    expect(conf.includes('include fastcgi_params;')).toBe('backend-protocol' in annotations);
  }
});

import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { createCluster } from '../cluster.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

/* What ingress-nginx' webhook refuses is found in the file. */

/** Applies an Ingress beside one that has `/taken`, and says where its refusal stands, as `line:column text at that place`. */
function refusal(annotations: string, paths = '{ path: /, pathType: Prefix, backend: *web }', data = '{}') {
  const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: new
  annotations:
    example.com/owner: nobody
${annotations === '' ? '' : `    ${annotations}\n`}spec:
  ingressClassName: nginx
  rules:
  - host: app.test
    http:
      paths:
      - { path: /first, pathType: Prefix, backend: &web { service: { name: web, port: { number: 80 } } } }
      - ${paths}
`;
  const cluster = createCluster({ certificates: nodeCertificates });
  cluster.apply(decodeManifests('addon.yaml', INGRESS_NGINX_ADDON).documents);
  const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ingress-nginx-controller, namespace: ingress-nginx }\ndata: ${data}\n`;
  cluster.apply(decodeManifests('settings.yaml', settings).documents);
  const old = text
    .replace('name: new', 'name: old')
    .replace(/ {6}- .*\n$/, '')
    .replace('/first', '/taken')
    .replace(/annotations:[\s\S]*?spec:/, 'annotations: {}\nspec:');
  cluster.apply(decodeManifests('old.yaml', old).documents);
  cluster.manifests.addFiles([{ file: 'a.yaml', text }]);
  const [problem] = cluster.apply(decodeManifests('a.yaml', text).documents)[0]?.problems ?? [];
  const line = text.split('\n')[(problem?.line ?? 0) - 1] ?? '';
  return {
    at: line.slice((problem?.column ?? 0) - 1).split(/[\s,]/)[0],
    field: problem?.field,
    hint: problem?.hint ?? '',
    message: problem?.message.replace(/^.*denied the request: /, ''),
  };
}

const NGINX = 'nginx.ingress.kubernetes.io';

test('a value: with an example', () => {
  expect(refusal(`${NGINX}/limit-rps: many`)).toMatchObject({
    at: 'many',
    field: `metadata.annotations[${NGINX}/limit-rps]`,
    hint: expect.stringMatching(/^For example: nginx\.ingress\.kubernetes\.io\/limit-rps: "/),
    message: `annotation ${NGINX}/limit-rps contains invalid value`,
  });
});

test('snippets: the key', () => {
  expect(refusal(`${NGINX}/server-snippet: "deny all;"`)).toMatchObject({
    at: `${NGINX}/server-snippet:`,
    hint: expect.stringContaining('allow-snippet-annotations'),
  });
});

test('risks: the riskiest of the group', () => {
  const found = refusal(`${NGINX}/rewrite-target: /`, undefined, '{ annotations-risk-level: Low }');
  expect(found).toMatchObject({
    at: `${NGINX}/rewrite-target:`,
    hint: expect.stringContaining('annotations-risk-level'),
  });
});

test('words', () => {
  const found = refusal(`${NGINX}/upstream-vhost: lua`, undefined, '{ annotation-value-word-blocklist: lua }');
  expect(found).toMatchObject({ at: 'lua', message: `${NGINX}/upstream-vhost annotation contains invalid word lua` });
});

test('paths', () => {
  const path = (text: string, pathType: string) => `{ path: "${text}", pathType: ${pathType}, backend: *web }`;
  expect(refusal('', path('/a(b)', 'Prefix'))).toMatchObject({
    at: '"/a(b)"',
    hint: expect.stringContaining('ImplementationSpecific'),
  });
  expect(refusal(`${NGINX}/use-regex: "true"`, path('/(?!x)', 'ImplementationSpecific'))).toMatchObject({
    at: '"/(?!x)"',
    hint: 'A real cluster takes it; here it is refused for its negative lookahead.',
  });
  expect(refusal('', path('/etc/passwd', 'Prefix'))).toMatchObject({
    at: '"/etc/passwd"',
    field: 'spec.rules[0].http.paths[1].path',
  });
});

test('a path that is taken: and what a canary lacks', () => {
  const taken = '{ path: /taken, pathType: Prefix, backend: *web }';
  expect(refusal('', taken)).toMatchObject({
    at: '/taken',
    message: 'host "app.test" and path "/taken" is already defined in ingress default/old',
    hint: '',
  });
  expect(refusal(`${NGINX}/canary-weight: "5"`, taken).hint).toBe(
    `If it is to be a canary, write ${NGINX}/canary: "true".`,
  );
});

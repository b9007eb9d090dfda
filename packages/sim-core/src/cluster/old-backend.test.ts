import { expect, test } from 'vitest';
import { createCluster } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

const ingress = (apiVersion: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: Ingress\nmetadata: { name: web }\nspec:\n${spec}`;
const RULES = `  rules:
  - host: shop.test
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          serviceName: web
          servicePort: 80
`;
const NEW = 'service: { name: web, port: { number: 80 } }';

function hints(text: string): (string | undefined)[] {
  const cluster = createCluster();
  cluster.manifests.addFiles([{ file: 'f.yaml', text }]);
  const problems = cluster.manifests.check(decodeManifests('f.yaml', text).documents);
  cluster.stop();
  return problems.map(({ hint }) => hint);
}

test('the fields of v1beta1 in an Ingress of v1', () => {
  const anew = `networking.k8s.io/v1 writes it anew: ${NEW}`;
  expect(hints(ingress('networking.k8s.io/v1', RULES))).toEqual([anew, anew]);
  expect(hints(ingress('networking.k8s.io/v1', '  backend: { serviceName: web, servicePort: http }\n'))).toEqual([
    'networking.k8s.io/v1 calls it "defaultBackend": service: { name: web, port: { name: http } }',
  ]);
});

test('an Ingress of v1beta1: the version and the fields are told at once', () => {
  const is = (version: string) => `Ingress is in networking.k8s.io/v1, not ${version}`;
  expect(hints(ingress('networking.k8s.io/v1beta1', RULES))).toEqual([
    `${is('networking.k8s.io/v1beta1')}; its backends are written anew there: ${NEW}`,
  ]);
  expect(hints(ingress('extensions/v1beta1', '  rules: []\n'))).toEqual([is('extensions/v1beta1')]);
});

import { describe, expect, test } from 'vitest';
import type { KubectlEnvironment } from '../environment.ts';
import { failure } from '../kubectl-error.ts';
import { goYaml } from '../output/go-yaml.ts';
import { buildKustomization } from './build.ts';

const APP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "nginx:1.25", envFrom: [{ configMapRef: { name: conf } }] }]
`;

/** Files by their paths; folders follow from them. */
function build(files: Readonly<Record<string, string>>, folder: string): Promise<unknown> {
  const warnings: string[] = [];
  const environment = {
    stderr: (text: string) => void warnings.push(text),
    files: {
      read: async (path: string) => files[path] ?? Promise.reject(failure(`the path "${path}" does not exist`)),
      list: async (path: string) => {
        if (files[path] !== undefined) return undefined;
        const inside = Object.keys(files).filter((each) => each.startsWith(`${path}/`));
        return [...new Set(inside.map((each) => each.slice(path.length + 1).split('/')[0] as string))];
      },
    },
  } as unknown as KubectlEnvironment;
  return buildKustomization(environment, folder).then((all) => all.map(goYaml).join('---\n'));
}

describe('a kustomization', () => {
  test('base and overlay, generated names with the hash that kustomize gives them', async () => {
    const printed = await build(
      {
        'base/app.yaml': APP,
        'base/env.txt': 'a=1\n',
        'base/kustomization.yaml':
          'resources: [app.yaml]\nconfigMapGenerator:\n- name: conf\n  literals: [x=y, "z=<w>"]\n  files: [env.txt]\n',
        'over/kustomization.yaml':
          'resources: [../base]\nnamePrefix: dev-\nnameSuffix: -x\nnamespace: shop\nimages: [{ name: nginx, newTag: "1.27" }]\nreplicas: [{ name: web, count: 5 }]\nlabels: [{ pairs: { team: a }, includeSelectors: true }]\n',
      },
      'over',
    );
    // kubectl 1.33 kustomize prints this hash for the same files.
    expect(printed).toContain('  name: dev-conf-x-bg4gf2cfd4\n  namespace: shop\n');
    expect(printed).toContain('configMapRef:\n            name: dev-conf-x-bg4gf2cfd4\n        image: nginx:1.27\n');
    expect(printed).toContain('  replicas: 5\n  selector:\n    matchLabels:\n      app: web\n      team: a\n');
  });

  test('patches: strategic, and JSON 6902 with a target', async () => {
    const printed = await build(
      {
        'k/app.yaml': APP,
        'k/patch.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, args: [x] }] } } }\n',
        'k/kustomization.yaml':
          'resources: [app.yaml]\npatches:\n- path: patch.yaml\n- target: { kind: Deploy.* }\n  patch: |\n    - op: replace\n      path: /spec/template/spec/containers/0/image\n      value: httpd\n',
      },
      'k',
    );
    expect(printed).toContain('      - args:\n        - x\n        envFrom:\n');
    expect(printed).toContain('        image: httpd\n');
  });

  test('says what it lacks, and what is missing', async () => {
    await expect(build({ 'k/kustomization.yaml': 'helmCharts: []\n' }, 'k')).rejects.toThrow(
      'this built-in kustomize has no `helmCharts`',
    );
    await expect(build({ 'k/a.yaml': APP }, 'k')).rejects.toThrow("unable to find one of 'kustomization.yaml'");
    await expect(build({ 'k/kustomization.yaml': 'resources: [../k]\n' }, 'k')).rejects.toThrow('cycle detected');
  });
});

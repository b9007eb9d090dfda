import { describe, expect, it } from 'vitest';
import type { SubmittedEntry } from './entry.ts';
import { SUBMISSION_LIMITS } from './limits.ts';
import { type IntakeOptions, takeIn } from './take-in.ts';

const encoder = new TextEncoder();

function object(kind: string, name: string, rest = ''): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
}

const SERVICE = object('Service', 'web', 'spec: { ports: [{ port: 80 }] }\n');

/** Reads files given as text; `undefined` stands for content that nobody read. */
function read(files: Readonly<Record<string, string | undefined>>, options?: IntakeOptions) {
  const entries = Object.entries(files).map(
    ([path, text]): SubmittedEntry => (text === undefined ? { path } : { path, bytes: encoder.encode(text) }),
  );
  return takeIn({ id: 'alice', entries }, options);
}

function reasons(files: Readonly<Record<string, string | undefined>>, options?: IntakeOptions): Record<string, string> {
  return Object.fromEntries(
    read(files, options).files.map(({ path, used, reason = '' }) => [path, used ? `used ${reason}`.trim() : reason]),
  );
}

describe('takeIn', () => {
  it('uses .yaml, .yml and .json files and the items of a List, by path', () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } }],
    });
    const { documents } = read({ 'z.yml': object('ConfigMap', 'c'), 'b.json': list, 'a.yaml': SERVICE });
    expect(documents.map(({ file, value }) => [file, (value['metadata'] as { name: string }).name])).toEqual([
      ['a.yaml', 'web'],
      ['b.json', 'b'],
      ['z.yml', 'c'],
    ]);
  });

  it('says of every file that is not used why', () => {
    expect(
      reasons({
        'k8s/web.yaml': SERVICE,
        'k8s/web.yaml.txt': undefined,
        'README.md': undefined,
        '.github/workflows/ci.yml': undefined,
        '.gitlab-ci.yml': undefined,
        '.DS_Store': undefined,
        'k8s/._web.yaml': undefined,
        '__MACOSX/k8s/._web.yaml': undefined,
        '.vscode/settings.json': undefined,
        'docker-compose.yml': undefined,
        'kustomization.yaml': undefined,
        'chart/Chart.yaml': undefined,
        'chart/values.yaml': 'replicaCount: 1\n',
        'chart/templates/web.yaml': SERVICE,
        'node_modules/x/y.yaml': undefined,
        'package.json': undefined,
        'stack.yaml': 'services:\n  web:\n    image: nginx\n',
        'ci.yaml': 'on: push\njobs:\n  test:\n    runs-on: x\n',
        'rendered.yaml': 'metadata:\n  name: {{ .Values.name }}\n',
        'data.json': '{"a": 1}',
        'empty.yaml': '# nothing yet\n',
      }),
    ).toMatchInlineSnapshot(`
      {
        ".DS_Store": "left behind by macOS, not a manifest",
        ".github/workflows/ci.yml": "a GitHub Actions workflow, not a manifest",
        ".gitlab-ci.yml": "a GitLab CI pipeline, not a manifest",
        ".vscode/settings.json": "hidden (its name, or a folder of its path, begins with a dot)",
        "README.md": "no manifest: its name does not end in .yaml, .yml or .json",
        "__MACOSX": "left behind by macOS (resource fork), not a manifest",
        "chart/Chart.yaml": "the description of a Helm chart, not a manifest",
        "chart/templates/web.yaml": "part of the Helm chart chart: render it first (helm template chart > rendered.yaml) and hand in rendered.yaml",
        "chart/values.yaml": "part of the Helm chart chart: render it first (helm template chart > rendered.yaml) and hand in rendered.yaml",
        "ci.yaml": "this is a GitHub Actions workflow, not a manifest",
        "data.json": "data: no Kubernetes object has this form (no apiVersion, no kind)",
        "docker-compose.yml": "a Docker Compose file, not a manifest",
        "empty.yaml": "no Kubernetes objects found in empty.yaml: it holds only comments or empty documents",
        "k8s/._web.yaml": "left behind by macOS (resource fork), not a manifest",
        "k8s/web.yaml": "used",
        "k8s/web.yaml.txt": "its name ends in .yaml.txt, so kubectl would not read it either: rename it to web.yaml",
        "kustomization.yaml": "a kustomization, a recipe for kustomize: the files beside it are used as they are",
        "node_modules": "belongs to a package in node_modules",
        "package.json": "a file of a Node.js project, not a manifest",
        "rendered.yaml": "this is a Helm template, not a manifest: {{ … }} is filled in by Helm",
        "stack.yaml": "this is a Docker Compose file, not a Kubernetes manifest",
      }
    `);
  });

  it('uses a file with mistakes: they are the student’s', () => {
    expect(read({ 'web.yaml': `${SERVICE}---\nkind: Service\n` }).files).toMatchObject([
      { path: 'web.yaml', used: true },
    ]);
  });

  it('unwraps one folder around everything', () => {
    expect(reasons({ 'alice-main/k8s/web.yaml': SERVICE, '__MACOSX/alice-main/._x': undefined })).toEqual({
      'k8s/web.yaml': 'used',
      __MACOSX: 'left behind by macOS (resource fork), not a manifest',
    });
  });

  it.each(['k8s', 'k8s/', './k8s', 'repo/k8s'])('takes the part %s only', (path) => {
    expect(reasons({ 'repo/k8s/web.yaml': SERVICE, 'repo/old/web.yaml': SERVICE }, { path })).toEqual({
      'k8s/web.yaml': 'used',
      'old/web.yaml': `outside of ${path}`,
    });
  });

  it('takes the part k8s where it is itself the wrapping folder', () => {
    expect(reasons({ 'k8s/web.yaml': SERVICE }, { path: 'k8s/' })).toEqual({ 'web.yaml': 'used' });
  });

  it('does not care in which order files come', () => {
    const files = { 'b.yaml': SERVICE, 'a.yaml': object('ConfigMap', 'a'), 'c/d.yaml': object('Secret', 's') };
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    expect(read(backwards)).toEqual(read(files));
  });

  it('sets a manifest of the ingress controller aside where the exercise brings it', () => {
    const label = '  labels: { app.kubernetes.io/name: ingress-nginx }\n';
    const controller = object('Namespace', 'ingress-nginx', label);
    const files = {
      'deploy.yaml': controller,
      'all.yaml': `${SERVICE}---\n${object('Service', 'ingress-nginx-controller', label)}`,
    };
    expect(read(files).documents).toHaveLength(3);
    expect(read(files, { bringsController: true }).documents).toHaveLength(1);
    expect(reasons(files, { bringsController: true })).toEqual({
      'deploy.yaml': 'a manifest of the ingress controller: this exercise brings it already',
      'all.yaml': 'used without 1 objects of the ingress controller: this exercise brings it already',
    });
  });

  it('leaves out documents that would set up the sandbox', () => {
    const scenario = 'apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Scenario\nmetadata: { name: x }\n';
    expect(reasons({ 's.yaml': scenario })['s.yaml']).toMatch(/settings of a sandbox/);
    expect(read({ 'm.yaml': `${scenario}---\n${SERVICE}` }).documents).toHaveLength(1);
  });

  it('refuses what is over a limit, in words', () => {
    const limits = { ...SUBMISSION_LIMITS, totalBytes: 1_000 };
    expect(read({ 'a.yaml': `${SERVICE}#${'x'.repeat(1_000)}` }, { limits }).refused).toMatch(/^its manifests have/);
  });

  it('prints no character of a name that plays tricks on a terminal', () => {
    expect(Object.keys(reasons({ 'a\u001b[2J\u202e.txt': undefined }))).toEqual(['a\uFFFD[2J\uFFFD.txt']);
  });
});

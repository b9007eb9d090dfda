import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';

const HEAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n';

/** The first problem, and that nothing was decoded. */
function problem(text: string, file = 'f.yaml') {
  const { documents, problems } = decodeManifests(file, text);
  expect(documents).toEqual([]);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('texts that are no manifests are named', () => {
  it.each([
    ['HelmTemplate', `${HEAD.replace('a\n', '{{ .Values.name }}\n')}`, 4, 9, /helm template \. > rendered\.yaml/],
    ['HelmTemplate', `{{- if .Values.enabled }}\n${HEAD}{{- end }}\n`, 1, 1, /helm template/],
    ['HelmTemplate', `${HEAD}spec:\n  {{- toYaml .Values.spec | nindent 2 }}\n`, 6, 3, /helm template/],
    ['HelmTemplate', `${HEAD}  labels:\n    {{- include "a.labels" . | nindent 4 }}\n`, 6, 5, /helm template/],
    ['HelmTemplate', `${HEAD.replace('a\n', 'a-{{ .Release.Name }}\n')}`, 4, 9, /helm template/],
    ['TemplateVariable', `${HEAD.replace('a\n', '{{ app_name }}\n')}`, 4, 7, /Ansible/],
    ['TemplateVariable', `{% if x %}\n${HEAD}{% endif %}\n`, 1, 1, /Jinja/],
    ['NotYaml', '<!DOCTYPE html>\n<html lang="en">\n<body>apiVersion: v1</body></html>\n', 1, 1, /raw/i],
    ['NotYaml', '\n<html>\n', 2, 1, /raw/i],
    ['NotYaml', '<?xml version="1.0"?>\n<a/>\n', 1, 1, /Kubernetes objects/],
    ['NotYaml', 'The quick brown fox jumps over the lazy dog.\nIt does: really.\n', 1, 1, /Kubernetes objects/],
    [
      'NotYaml',
      `Now apply the following manifest to your cluster\n${HEAD}`,
      1,
      1,
      /Keep only the lines of the manifests/,
    ],
    ['NotYaml', `${HEAD}This Service takes effect only on cloud providers.\n`, 5, 1, /Keep only the lines/],
    ['MarkdownFence', `\`\`\`yaml\n${HEAD}\`\`\`\n`, 1, 1, /Delete the lines that begin with ```/],
    ['MarkdownFence', `${HEAD}\`\`\`\n`, 5, 1, /Delete the lines/],
    ['ShellCommand', `$ kubectl apply -f a.yaml\n${HEAD}`, 1, 1, /Keep only the lines of the manifest/],
    ['ShellCommand', `user@host:~/k8s$ cat a.yaml\n${HEAD}`, 1, 1, /Keep only/],
    ['ShellCommand', `PS C:\\Users\\me> kubectl get pods\n${HEAD}`, 1, 1, /Keep only/],
    ['ShellCommand', `kubectl apply -f a.yaml\n`, 1, 1, /Keep only/],
    ['ShellCommand', `cat <<EOF | kubectl apply -f -\n${HEAD}EOF\n`, 1, 5, /between <<EOF and EOF/],
    ['ShellCommand', '#!/bin/sh\nset -e\nkubectl apply -f a.yaml\n', 1, 1, /terminal/],
    [
      'ShellCommand',
      'NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   0          1d\n',
      1,
      1,
      /-o yaml/,
    ],
    ['OtherTool', '# image\nFROM node:20\nWORKDIR /app\nCMD ["node"]\n', 1, 1, /Dockerfile builds an image/],
    ['OtherTool', 'resource "aws_lb" "a" {\n  name = "a"\n}\n', 1, 1, /Kubernetes objects/],
    ['OtherTool', 'server {\n  listen 80;\n}\n', 1, 1, /nginx\.conf itself/],
    ['NotAnObject', 'just some words\n', 1, 1, /key: value/],
    ['NotAnObject', '- a\n- b\n', 1, 1, /items:/],
    ['NotAnObject', '5\n', 1, 1, /key: value/],
  ])('%s: %j', (reason, text, line, column, hint) => {
    expect(problem(text)).toMatchObject({ severity: 'error', reason, line, column, hint: expect.stringMatching(hint) });
  });

  it("gives kubectl's words for a text", () => {
    expect(problem('just some words\n')?.kubectl).toContain('error validating data: invalid object to validate');
  });

  it('does not take a broken manifest that holds such text for the text', () => {
    const text = `${HEAD}data:\n  run: |\n    #!/bin/sh\n    $ kubectl get pods <<EOF\n    \`\`\`\n    {{ .Values.x }}\n  a: "b\n`;
    expect(problem(text)).toMatchObject({ reason: 'Syntax', line: 11 });
    const comment = `# $ kubectl apply -f this\n# {{ .Values.x }}\n${HEAD}spec:\n  a: "b\n`;
    expect(problem(comment)).toMatchObject({ reason: 'Syntax', line: 8 });
  });
});

describe('objects of other tools are named', () => {
  it.each([
    [
      'Kustomization',
      'k.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      /kubectl kustomize \. >/,
    ],
    ['Kustomization', 'kustomization.yaml', 'resources:\n- a.yaml\n', /kubectl kustomize/],
    ['Kustomization', 'a/kustomization.yml', 'bases:\n- ../base\n', /kubectl kustomize/],
    ['Kustomization', 'other.yaml', 'namePrefix: dev-\nresources: [a.yaml]\n', /kubectl kustomize/],
    ['DockerCompose', 'docker-compose.yml', 'version: "3"\nservices:\n  web:\n    image: nginx\n', /kompose/],
    ['DockerCompose', 'x.yaml', 'services:\n  web:\n    build: .\n', /kompose/],
    ['DockerCompose', 'compose.yaml', 'services:\n  web:\n    extends: a\n', /kompose/],
    ['HelmChart', 'Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n', /helm template \./],
    ['HelmValues', 'values.yaml', 'web:\n  port: 80\n', /-f values\.yaml/],
    ['HelmValues', 'my.values.prod.yaml', 'web:\n  port: 80\n', /-f my\.values\.prod\.yaml/],
    ['HelmValues', 'x.yaml', 'replicaCount: 1\nimage:\n  repository: nginx\n', /helm template/],
    [
      'Workflow',
      'ci.yml',
      'name: CI\non: [push]\njobs:\n  a:\n    runs-on: ubuntu-latest\n',
      /manifests that it applies/,
    ],
    ['Workflow', '.gitlab-ci.yml', 'a:\n  script: [make]\n', /manifests/],
    ['OtherTool', 'config', 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\n', /yourself/],
    ['OtherTool', 'kind.yaml', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n', /cluster is here already/],
    ['OtherTool', 'api.yaml', 'openapi: 3.0.0\npaths: {}\n', /Kubernetes objects/],
    ['OtherTool', 'package.json', '{"name": "a", "version": "1.0.0", "dependencies": {}}', /Kubernetes objects/],
    ['OtherTool', 'site.yml', '- hosts: all\n  tasks: []\n', /manifests/],
  ])('%s in %s', (reason, file, text, hint) => {
    expect(problem(text, file)).toMatchObject({ reason, file, line: 1, column: 1, hint: expect.stringMatching(hint) });
  });
});

describe('apiVersion and kind', () => {
  it.each([
    ['MissingApiVersion', 'kind: Deployment\n', /apiVersion is not set/, /"apiVersion: apps\/v1" above/],
    ['MissingApiVersion', 'kind: Foo\n', /apiVersion is not set/, /apiVersion: /],
    ['MissingKind', 'apiVersion: apps/v1\n', /kind is not set/, /"kind: Deployment"/],
    [
      'MissingApiVersion',
      'apiversion: v1\nkind: Service\n',
      /did you mean it where it says "apiversion"/,
      /"apiVersion: v1"/,
    ],
    ['MissingKind', 'apiVersion: v1\nKind: Service\n', /did you mean it where it says "Kind"/, /"kind: Service"/],
    ['MissingApiVersion', 'apiVersoin: v1\nkind: Service\n', /apiVersoin/, /"apiVersion: v1"/],
    [
      'MissingApiVersion',
      'apiVersion: 1\nkind: Service\n',
      /must be a text; here it is the number 1/,
      /"apiVersion: v1"/,
    ],
    ['MissingKind', 'apiVersion: v1\nkind: [Service]\n', /must be a text; here it is a list/, /kind: Service/],
    ['MissingApiVersion', 'apiVersion:\nkind: Service\n', /apiVersion is not set/, /"apiVersion: v1" above/],
    ['MissingApiVersion', 'a: 1\nb: 2\n', /neither apiVersion nor kind \(it begins with a, b\)/, /needs both/],
  ])('%s: %j', (reason, text, message, hint) => {
    expect(problem(text)).toMatchObject({
      reason,
      line: 1,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it.each([
    ['kind: Deployment\n', 'apiVersion not set'],
    ['apiVersion: v1\n', 'kind not set'],
    ['a: 1\n', '[apiVersion not set, kind not set]'],
  ])("gives kubectl's words: %j", (text, words) => {
    expect(problem(text)?.kubectl).toBe(
      `error validating data: ${words}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  });
});

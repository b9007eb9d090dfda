import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';

const ingress = (host: string, annotation = 'x', service = 'web') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\n  annotations:\n    nginx.ingress.kubernetes.io/x: ${annotation}\n` +
  `spec:\n  rules:\n  - host: ${host}\n    http:\n      paths:\n      - path: /api(/|$)(.*)\n        pathType: ImplementationSpecific\n` +
  `        backend:\n          service:\n            name: ${service}\n            port:\n              number: 80\n`;

/** A Pod whose container has these lines. */
const pod = (...lines: string[]) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n${lines.map((line) => `    ${line}\n`).join('')}`;

const found = (text: string) =>
  decodeManifests('canary.yaml', text).problems.map(({ severity, reason, line, column }) => [
    severity,
    reason,
    line,
    column,
  ]);

describe('what was to be replaced', () => {
  it.each([
    ['YOUR_ELB_or_ROUTE53_DOMAIN_HERE', 'Placeholder'],
    ['LOAD_BALANCER_DOMAIN', 'Placeholder'],
    ['<your-domain>', 'Placeholder'],
    ['<domain>.example.com', 'Placeholder'],
    ['"<YOUR DOMAIN>"', 'Placeholder'],
    ['CHANGEME', 'Placeholder'],
    ['CHANGE_ME.example.com', 'Placeholder'],
    ['REPLACE_WITH_DOMAIN', 'Placeholder'],
    ['TODO', 'Placeholder'],
    ['TODO the host', 'Placeholder'],
    ['XXX', 'Placeholder'],
    ['"..."', 'Placeholder'],
    ['__DOMAIN__', 'Placeholder'],
    ['${DOMAIN}', 'ShellVariable'],
    ['www.${DOMAIN:-example.com}', 'ShellVariable'],
    ['$DOMAIN', 'ShellVariable'],
    ['$(DOMAIN)', 'ShellVariable'],
    ['"{{ domain }}"', 'TemplateVariable'],
    ['x{{ .Values.domain }}', 'HelmTemplate'],
  ])('%s as a host is an error', (host, reason) => {
    expect(found(ingress(host))).toEqual([['error', reason, 9, 11]]);
  });

  it('tells each with its line, the path and what to write', () => {
    const { problems, documents } = decodeManifests(
      'canary.yaml',
      ingress('YOUR_DOMAIN_HERE', 'x', 'YOUR_SERVICE_HERE'),
    );
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([
      {
        message: 'spec.rules[0].host still holds the placeholder YOUR_DOMAIN_HERE',
        line: 9,
        hint: expect.stringContaining('host name'),
      },
      {
        message: 'spec.rules[0].http.paths[0].backend.service.name still holds the placeholder YOUR_SERVICE_HERE',
        line: 16,
        hint: expect.stringContaining('name of your own'),
      },
    ]);
  });

  it('names the file in the line to paste', () => {
    const { problems } = decodeManifests('k8s/canary.yaml', ingress('${DOMAIN}'));
    expect(problems[0]?.hint).toContain('envsubst < k8s/canary.yaml > filled.yaml');
  });

  it('only warns where Kubernetes would take it', () => {
    const text = ingress('a.example', 'XXXX');
    expect(found(text)).toEqual([['warning', 'Placeholder', 6, 36]]);
    expect(decodeManifests('f', text).documents).toHaveLength(1);
    expect(found(ingress('your-domain.com'))).toEqual([['warning', 'Placeholder', 9, 11]]);
    expect(found(pod('env:', '- name: KEY', '  value: <your key>'))).toEqual([['warning', 'Placeholder', 10, 14]]);
    expect(found(ingress('a.example', 'YOUR_VALUE_HERE'))).toEqual([['error', 'Placeholder', 6, 36]]);
  });

  it.each([
    ['a host', ingress('a.example.com')],
    ['a to-do list', ingress('todo.example.com', 'todo', 'todo-app')],
    [
      '$(VAR) in args, command and env',
      pod('args: ["--x=$(POD_NAMESPACE)/y"]', 'command: [sh, -c, "echo ${HOME} $(date) $USER"]'),
    ],
    ['$(VAR) in env', pod('env:', '- name: URL', '  value: http://$(HOST):${PORT}/')],
    ['variable names', pod('env:', '- name: YOURS_TRULY', '- name: MY_VAR_X', '  value: SOME_VALUE')],
    ['subPathExpr', pod('volumeMounts:', '- name: v', '  mountPath: /x', '  subPathExpr: $(POD_NAME)')],
    ['nginx variables in annotations', ingress('a.example', '|\n      proxy_set_header X ${host}; # $(x)')],
    ['a rewrite', ingress('a.example', '/$1')],
    ['a named group', ingress('a.example').replace('/api(/|$)(.*)', '/(?<name>x)')],
    ['an e-mail annotation', ingress('a.example', '"Jo <jo@example.com>"')],
  ])('leaves alone: %s', (_, text) => {
    expect(decodeManifests('f', text).problems).toEqual([]);
  });

  it('leaves alone what belongs to programs and other controllers', () => {
    const configMap =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  X-Start: t=${msec}\n  page: |\n    <html>TODO {{ .Values.x }} YOUR_NAME_HERE</html>\n  tpl: "{{ $labels.x }}"\n';
    const rule =
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec:\n  a: "{{ $labels.x }} ${X} $(params.y)"\n';
    const ours =
      'apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Scenario\nmetadata: {name: a}\nspec:\n  load: {url: "http://LOAD_BALANCER/", host: LOAD_BALANCER}\n';
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  password: changeme\n';
    for (const text of [configMap, rule, ours, secret]) expect(decodeManifests('f', text).problems).toEqual([]);
  });

  it('does not care for comments', () => {
    expect(found(`# TODO: YOUR_NAME_HERE {{ .Values.x }}\n${ingress('a.example')}# TODO more\n`)).toEqual([]);
  });
});

describe('what was left to be written', () => {
  const HEAD = ingress('x').split('  rules:')[0] ?? '';

  it("names the lesson's canary Ingress, whose rules are only a comment", () => {
    const text = `${HEAD}  rules:\n  # TODO ... Make sure the \`host\` entry is the same\n`;
    const { problems } = decodeManifests('canary.yaml', text);
    expect(problems).toMatchObject([
      {
        severity: 'error',
        reason: 'Todo',
        line: 8,
        column: 3,
        message:
          'spec.rules is empty: only a comment stands there ("# TODO ... Make sure the `host` entry is the same")',
        hint: expect.stringContaining('- host:'),
      },
    ]);
  });

  it.each([
    ['a comment on the same line', `${HEAD}  rules: # fill in\n`, [['error', 'Todo', 8, 3]]],
    ['a required value', ingress('a').replace('name: web', 'name: # TODO'), [['error', 'Todo', 16, 13]]],
    ['an optional value', ingress('# TODO same host'), [['warning', 'Todo', 9, 5]]],
    ['an optional one without TODO', ingress('# any'), []],
    [
      'rules beside a default backend',
      `${HEAD}  defaultBackend: {resource: {kind: X, name: x}}\n  rules: # none\n`,
      [],
    ],
    ['a TODO beside a value', `${ingress('a')}  # TODO: tls\n`, []],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { decodeManifests } from './decode-manifests.ts';

const LESSON = sharedPath('lesson.txt') ?? '';

const flatten = (text: string) => text.replace(/^ +/gm, '');

function problem(text: string) {
  const { problems } = decodeManifests('f.yaml', text);
  return problems[0];
}

/** The value that the corrected text stands for. */
function corrected(text: string): unknown {
  return decodeManifests('f.yaml', problem(text)?.corrected ?? '').documents[0]?.value;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 2
  # how pods are found
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env:
            - name: A
              value: b
          ports:
            - containerPort: 80
          resources:
            limits:
              cpu: "1"
              memory: 1Gi
`;

describe('lost indentation', () => {
  it('is named, with the text as it was meant', () => {
    expect(problem(flatten(DEPLOYMENT))).toMatchObject({
      severity: 'error',
      reason: 'LostIndentation',
      line: 4,
      column: 1,
      message: 'the indentation was lost: "name" belongs under "metadata:" and must be indented deeper',
      corrected: DEPLOYMENT,
    });
  });

  it('is not seen where there is none', () => {
    expect(decodeManifests('f', DEPLOYMENT).problems).toEqual([]);
    const compact = DEPLOYMENT.replace(/^ {8}- /m, '      - ').replace(/^ {10}(?=\S)/gm, '        ');
    expect(decodeManifests('f', compact).problems).toEqual([]);
    const empty = DEPLOYMENT.replace('  labels:\n    app: web\nspec', '  labels:\n  annotations:\nspec');
    expect(decodeManifests('f', empty).problems).toEqual([]);
  });

  it('is repaired where only a part was lost', () => {
    const annotations = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
  nginx.ingress.kubernetes.io/canary: "true"
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;
    expect(problem(annotations)).toMatchObject({ reason: 'LostIndentation', line: 6, column: 3 });
    expect(corrected(annotations)).toMatchObject({
      metadata: { name: 'canary', annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } },
    });
  });

  it('is only named where a line could stand in two places', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata:\nname: a\nspec:\nselector:\napp: a\ntype: ClusterIP\n';
    expect(problem(text)).toMatchObject({
      reason: 'LostIndentation',
      line: 4,
      hint: expect.stringContaining('two spaces'),
    });
    expect(problem(text)?.corrected).toBeUndefined();
  });

  it('leaves kinds alone that are not known', () => {
    const text = 'apiVersion: a.example/v1\nkind: Foo\nmetadata:\nname: a\n';
    expect(decodeManifests('f', text).documents).toHaveLength(1);
  });

  it('is undone for every Service and Ingress whose lines have one place each', () => {
    const name = fc.constantFrom('web', 'api', 'movie-catalog');
    const port = fc.integer({ min: 1, max: 65535 });
    const service = fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Service'),
      metadata: fc.record({ name, namespace: name }, { requiredKeys: ['name'] }),
      spec: fc.record({
        type: fc.constantFrom('ClusterIP', 'LoadBalancer'),
        ports: fc.array(fc.record({ port, targetPort: port }), { minLength: 1, maxLength: 3 }),
        selector: fc.record({ 'app.kubernetes.io/name': name }),
      }),
    });
    const backend = fc.record({ service: fc.record({ name, port: fc.record({ number: port }) }) });
    const path = fc.record({ path: fc.constant('/'), pathType: fc.constant('Prefix'), backend });
    const ingress = fc.record({
      apiVersion: fc.constant('networking.k8s.io/v1'),
      kind: fc.constant('Ingress'),
      metadata: fc.record({
        name,
        annotations: fc.record({ 'nginx.ingress.kubernetes.io/canary': fc.constant('true') }),
      }),
      spec: fc.record({
        ingressClassName: fc.constant('nginx'),
        rules: fc.array(
          fc.record({ host: name, http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 2 }) }) }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
      }),
    });
    fc.assert(
      fc.property(fc.oneof(service, ingress), (object) => {
        expect(corrected(flatten(dump(object)))).toEqual(object);
      }),
    );
  });
});

describe.skipIf(LESSON === '')("the lesson's page", () => {
  const blocks = () => [...readFileSync(LESSON, 'utf8').matchAll(/^apiVersion:.*\n(?:(?!This |Nginx ).*\n)*/gm)];

  it('is prose', () => {
    expect(decodeManifests('lesson.txt', readFileSync(LESSON)).problems).toMatchObject([
      { reason: 'NotYaml', line: 1 },
    ]);
  });

  it('holds manifests without indentation, which are restored', () => {
    expect(blocks()).toHaveLength(3);
    const values = blocks().map(([text]) => decodeManifests('f', problem(text)?.corrected ?? ''));
    expect(values[0]?.documents[0]?.value).toMatchObject({
      metadata: { name: 'my-service' },
      spec: {
        selector: { 'app.kubernetes.io/name': 'MyApp' },
        ports: [{ protocol: 'TCP', port: 80, targetPort: 9376 }],
      },
    });
    expect(values[1]?.problems.map(({ line, reason }) => [line, reason])).toEqual([
      [7, 'Placeholder'],
      [14, 'Placeholder'],
      [16, 'Placeholder'],
    ]);
    expect(values[2]?.problems).toMatchObject([{ reason: 'Todo', line: 10 }]);
  });
});

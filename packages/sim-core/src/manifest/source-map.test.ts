import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';
import { formatFieldPath, parseFieldPath } from './field-path.ts';
import { createSourceMap } from './source-map.ts';

const TEXT = `# Two objects and a list
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"   # on
    nginx.ingress.kubernetes.io/canary-weight: '5'
spec:
  rules:
  - host: a.example
    http:
      paths:
      - path: /
        backend: {service: {name: web, port: {number: 80}}}
      - path: /b
  tls:
---
# shared labels
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: &meta {name: a, labels: &labels {app: web}}
  data: &data
    text: |  # the text
      one
      two
    "x.y": 5
- apiVersion: v1
  kind: ConfigMap
  metadata:
    <<: *meta
    name: b
  other: *labels
  args: [
    one,
    {two: "2"}
  ]
`;

const source = createSourceMap([{ file: 'f.yaml', text: TEXT }]);
const [ingress, first, second] = decodeManifests('f.yaml', TEXT).documents;

/** `line:column` and the text there. */
function at(document: typeof ingress, path: string, isKey = false): string | undefined {
  if (document === undefined) return undefined;
  const position = (isKey ? source.locateKey : source.locate)(document, parseFieldPath(path));
  if (position === undefined) return undefined;
  const text = source.lineText('f.yaml', position.line).slice(position.column - 1);
  return `${position.line}:${position.column} ${text}${position.isExact ? '' : ' (nearest)'}`;
}

describe('locate', () => {
  it.each([
    ['apiVersion', '2:13 networking.k8s.io/v1'],
    ['metadata', '5:3 name: canary'],
    ['metadata.annotations[nginx.ingress.kubernetes.io/canary]', '7:41 "true"   # on'],
    ['metadata.annotations.nginx.ingress.kubernetes.io/canary-weight', "8:48 '5'"],
    ['spec.rules', '11:3 - host: a.example'],
    ['spec.rules[0]', '11:5 host: a.example'],
    ['spec.rules[0].http.paths[0].backend.service.port.number', '15:55 80}}}'],
    ['spec.rules[0].http.paths[1].path', '16:15 /b'],
    ['spec.tls', '17:3 tls:'],
    ['spec.rules[0].http.paths[1].backend', '16:9 path: /b (nearest)'],
    ['spec.rules[0].http.paths[7].path', '13:7 paths: (nearest)'],
    ['spec.rules[0].https.paths', '11:5 host: a.example (nearest)'],
    ['spec.ingressClassName', '9:1 spec: (nearest)'],
    ['status.loadBalancer', '2:1 apiVersion: networking.k8s.io/v1 (nearest)'],
  ])('%s', (path, expected) => {
    expect(at(ingress, path)).toBe(expected);
  });

  it('counts from the object inside a List, and follows aliases and merge keys', () => {
    expect(at(first, 'data.text')).toBe('27:11 |  # the text');
    expect(at(first, 'data[x.y]')).toBe('30:12 5');
    expect(at(second, 'metadata.name')).toBe('35:11 b');
    expect(at(second, 'metadata.labels.app')).toBe('25:51 web}}');
    expect(at(second, 'other')).toBe('36:10 *labels');
    expect(at(second, 'other.app')).toBe('25:51 web}}');
  });

  it('is right where brackets are indented less than YAML asks', () => {
    expect(at(second, 'args[0]')).toBe('38:5 one,');
    expect(at(second, 'args[1].two')).toBe('39:11 "2"}');
  });

  it('gives the key', () => {
    expect(at(ingress, 'metadata', true)).toBe('4:1 metadata:');
    expect(at(ingress, 'metadata.annotations[nginx.ingress.kubernetes.io/canary-weight]', true)).toBe(
      "8:5 nginx.ingress.kubernetes.io/canary-weight: '5'",
    );
    expect(at(ingress, 'spec.rules[0]', true)).toBe('11:5 host: a.example');
    expect(at(first, 'data[x.y]', true)).toBe('30:5 "x.y": 5');
  });

  it('gives the line on which a person looks for a field', () => {
    const [document] = decodeManifests('f.yaml', TEXT).documents;
    const field = (path: string) => {
      const { line, column } = source.locateField(document as never, parseFieldPath(path)) ?? { line: 0, column: 0 };
      return `${line}:${column}`;
    };
    expect(field('metadata')).toBe('4:1');
    expect(field('spec.rules')).toBe('10:3');
    expect(field('spec.rules[0]')).toBe('11:5');
    expect(field('spec.rules[0].host')).toBe('11:11');
    expect(field('spec.tls')).toBe('17:3');
  });

  it('knows nothing of files and documents that are not there', () => {
    expect(source.locate({ file: 'other.yaml', index: 0, path: [] }, ['kind'])).toBeUndefined();
    expect(source.locate({ file: 'f.yaml', index: 9, path: [] }, ['kind'])).toBeUndefined();
    expect(source.lineText('f.yaml', 99)).toBe('');
  });

  it('keeps answering when many documents are asked for', () => {
    const many = Array.from({ length: 600 }, (_, at) => `kind: K${at}`).join('\n---\n');
    const map = createSourceMap([{ file: 'm', text: many }]);
    for (const index of [...Array(600).keys(), 0, 599]) {
      expect(map.locate({ file: 'm', index, path: [] }, ['kind'])?.line).toBe(index * 2 + 1);
    }
  });

  it('finds the lines of a document that stands in error', () => {
    const map = createSourceMap([{ file: 'm', text: '\uFEFFa: 1\na: 2\nb: 3\n' }]);
    expect(map.locate({ file: 'm', index: 0, path: [] }, ['b'])).toEqual({ line: 3, column: 4, isExact: true });
  });
});

describe('field paths', () => {
  it.each([
    ['spec.rules[0].http.paths[1].backend', ['spec', 'rules', 0, 'http', 'paths', 1, 'backend']],
    [
      'metadata.annotations[nginx.ingress.kubernetes.io/canary]',
      ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary'],
    ],
    ['data[my key]', ['data', 'my key']],
    ['metadata', ['metadata']],
    ['[0]', [0]],
    ['', []],
  ])('%s', (text, path) => {
    expect(parseFieldPath(text)).toEqual(path);
    expect(formatFieldPath(path)).toBe(text);
  });

  it('reads quoted keys too', () => {
    expect(parseFieldPath('data["a]b\\"c"].x')).toEqual(['data', 'a]b"c', 'x']);
  });
});

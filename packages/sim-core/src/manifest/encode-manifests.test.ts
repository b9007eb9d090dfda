import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';
import { encodeManifests } from './encode-manifests.ts';

describe('encodeManifests', () => {
  it('writes as kubectl does', () => {
    const labels = { app: 'web' };
    const object = {
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'a', labels, annotations: { 'a.b/weight': '5', on: 'yes', text: 'one\ntwo\n' } },
      spec: {
        selector: labels,
        ports: [{ port: 80, name: 'http' }],
        args: [],
        none: null,
        long: 'x '.repeat(60).trim(),
      },
    };
    const text = encodeManifests([object, object]);
    expect(text.split('---\n')[0]).toBe(`apiVersion: v1
kind: Thing
metadata:
  name: a
  labels:
    app: web
  annotations:
    a.b/weight: "5"
    "on": "yes"
    text: |
      one
      two
spec:
  selector:
    app: web
  ports:
  - port: 80
    name: http
  args: []
  none: null
  long: ${object.spec.long}
`);
    expect(decodeManifests('f', text).documents.map(({ value }) => value)).toEqual([object, object]);
  });

  it.each([
    'y',
    'No',
    '~',
    '010',
    '0o10',
    '0X1f',
    '0B1',
    '+0x1',
    '1_000',
    '1:30',
    '2001-01-01',
    '1e3',
    '.5',
    '<<',
    '=',
    '',
  ])('quotes %j, which a reader of YAML would take for something else', (text) => {
    expect(encodeManifests([{ a: text }])).toBe(`a: "${text}"\n`);
  });
});

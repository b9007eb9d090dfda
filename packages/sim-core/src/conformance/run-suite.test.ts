import { describe, expect, test } from 'vitest';
import { nodeCertificates } from '../host/certificates.ts';
import { runCase } from './run-suite.ts';
import { type Case, NoSuite, readSuite } from './suite.ts';
import { openMemory } from './testing/memory-transport.ts';

const PARTS = { certificates: nodeCertificates, time: 'virtual', open: openMemory } as const;
const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'i', namespace: 'default', creationTimestamp: '2026-01-01T00:00:01Z' },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'app.test',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }] },
      },
    ],
  },
};
const VECTOR = {
  id: 'path/root',
  area: 'path',
  kind: 'http',
  manifests: [INGRESS],
  services: { a: { endpoints: 1 } },
  request: { method: 'GET', scheme: 'http', host: 'app.test', path: '/' },
  expect: { status: 200, backend: 'a' },
};
const DEVIATION = { id: 'd', area: 'path', what: 'this', why: 'so', vectors: { 'path/root': { status: 200 } } };

const caseOf = (vector: unknown): Case => readSuite([vector]).cases[0] as Case;
const run = (vector: unknown, deviations: (typeof DEVIATION)[] = []) => runCase(caseOf(vector), PARTS, deviations);

describe('a vector', () => {
  test('passes when everything comes as expected', async () => {
    expect(await run(VECTOR)).toEqual({ id: 'path/root', area: 'path', result: 'passed', reasons: [] });
  });

  test('fails with what was expected and what came', async () => {
    const { result, reasons } = await run({ ...VECTOR, expect: { status: 404 } });
    expect({ result, reasons }).toEqual({ result: 'failed', reasons: ['status: expected 404, got 200'] });
  });

  test('is skipped with the reason when a part of it is not understood, and never passes', async () => {
    const { result, reasons } = await run({ ...VECTOR, client: 'h2' });
    expect({ result, reasons }).toEqual({ result: 'skipped', reasons: ['client: unknown field'] });
  });

  test('fails when it cannot be run', async () => {
    const { result, reasons } = await run({
      ...VECTOR,
      manifests: [{ kind: 'Nothing', apiVersion: 'v1', metadata: {} }],
    });
    expect(result).toBe('failed');
    expect(reasons[0]).toMatch(/^could not be run: .*Nothing/);
  });
});

describe('a deviation', () => {
  test('that comes as it is listed passes, and is named', async () => {
    const outcome = await run({ ...VECTOR, expect: { status: 404 } }, [DEVIATION]);
    expect(outcome).toMatchObject({
      result: 'passed',
      reasons: ['status: expected 404, got 200'],
      deviation: { id: 'd' },
    });
  });

  test('that comes otherwise fails', async () => {
    const other = { ...DEVIATION, vectors: { 'path/root': { status: 301 } } };
    expect(await run({ ...VECTOR, expect: { status: 404 } }, [other as typeof DEVIATION])).toMatchObject({
      result: 'failed',
      reasons: ['status: expected 301, got 200'],
    });
  });

  test('that is none any more fails', async () => {
    expect(await run(VECTOR, [DEVIATION])).toMatchObject({
      result: 'failed',
      reasons: [expect.stringContaining('strike it')],
    });
  });
});

describe('files', () => {
  test.each([
    [{}, 'no list of vectors'],
    [null, 'no list of vectors'],
    ['text', 'no list'],
    [[], 'is empty'],
  ])('%j holds no vectors', (value, message) => {
    expect(() => readSuite(value)).toThrow(NoSuite);
    expect(() => readSuite(value)).toThrow(message);
  });

  test.each([
    [{ vectors: [{ id: 'HTTPRoute-1', feature: 'HTTPRoute', gateway: 'same-namespace', request: {} }] }, 'HTTPRoute-1'],
    [[{ id: 'dep-unknown-field', kind: 'Deployment', mistake: 'x' }], 'dep-unknown-field'],
    [[5], 'vector 1'],
  ])('%j is of an unknown form: skipped', (value, id) => {
    expect(readSuite(value).cases).toMatchObject([{ id, skipped: [expect.stringContaining('unknown form')] }]);
  });

  test('a vector without what it needs is skipped', () => {
    expect(readSuite([{ id: 'a', feature: 'f', manifests: [] }]).cases[0]?.skipped).toEqual([
      'request: missing',
      'expect: missing',
    ]);
  });

  test('what is set for all vectors is said', () => {
    expect(readSuite({ vectors: [{ id: 'a', feature: 'f', manifests: [] }] }).notes).toEqual([
      'the controller\'s ConfigMap has server-tokens: "true" for these vectors',
    ]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { cannotBeHandledAs } from '../apimachinery/schema/decode-error.ts';
import { decodeStrict } from '../apimachinery/schema/decode-strict.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { SCHEMA_JSON } from './schema.generated.ts';

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly manifest: string;
  readonly layer?: string;
  readonly http?: { readonly code: number };
  readonly serverMessage?: string;
  readonly kubectlStderr?: string;
  readonly expectErrorContains: readonly string[];
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items?: readonly Manifest[];
}

interface Defaults {
  readonly id: string;
  readonly input?: Manifest;
  readonly output: Manifest;
}

const SHARED = new URL('../../../../../shared/', import.meta.url);
const CONFORMANCE = new URL('conformance/', SHARED);
const MANIFESTS = new URL('manifests/ingress-nginx/deploy/static/provider/', SHARED);

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, CONFORMANCE), 'utf8'));
}

function read<T>(file: string): readonly T[] {
  if (existsSync(CONFORMANCE)) return readJson(file) as T[];
  if (process.env.CI) throw new Error(`${CONFORMANCE.pathname} is missing`);
  console.warn(`SKIPPED: ${CONFORMANCE.pathname} is missing`);
  return [];
}

/** js-yaml's core schema reads the recorded manifests as sigs.k8s.io/yaml does. */
function parse(manifest: string): unknown {
  try {
    return load(manifest);
  } catch {
    return undefined;
  }
}

const schema = createSchema(() => SCHEMA_JSON);
const recorded = read<Case>('api-errors.json');
const decodable = recorded.flatMap((test) => {
  const manifest = parse(test.manifest) as Manifest | undefined;
  return manifest && typeof manifest === 'object' && manifest.apiVersion ? [{ ...test, manifest }] : [];
});

function messagesOf(manifest: Manifest): string[] {
  const { errors } = decodeStrict(schema, manifest.apiVersion, manifest.kind, manifest);
  return errors.map((error) => error.message);
}

describe.skipIf(recorded.length === 0)('strict decoding, as recorded from a v1.33.3 API server', () => {
  const refused = decodable.filter((test) => test.http?.code === 400);
  it('covers the recorded decoding errors', () => expect(refused.length).toBeGreaterThanOrEqual(14));

  it.each(refused)('$id', ({ manifest, kind, serverMessage }) => {
    const { errors } = decodeStrict(schema, manifest.apiVersion, manifest.kind, manifest);
    const expectedKind = kind.charAt(0).toUpperCase() + kind.slice(1);
    expect(cannotBeHandledAs(manifest.apiVersion, manifest.kind, errors, expectedKind)).toBe(serverMessage);
  });

  const byKubectl = decodable.filter(
    (test) => test.layer === 'kubectl' && test.kubectlStderr?.includes('json: cannot'),
  );
  it.each(byKubectl)("$id, in kubectl's words", ({ manifest, expectErrorContains }) => {
    expect(messagesOf(manifest)).toEqual(expectErrorContains);
  });

  const byValidation = decodable.filter((test) => test.http?.code === 422);
  it.each(byValidation)('$id decodes: validation refuses it', ({ manifest }) => {
    for (const item of manifest.items ?? [manifest]) expect(messagesOf(item)).toEqual([]);
  });
});

describe('objects that a real API server took or returned', () => {
  const accepted = read<{ id: string; manifest: string }>('accepted-although-suspicious.json');
  it.each(accepted)('$id', ({ manifest }) => expect(messagesOf(parse(manifest) as Manifest)).toEqual([]));

  const defaults = existsSync(CONFORMANCE) ? (readJson('defaults.json') as { cases: readonly Defaults[] }).cases : [];
  it.each(defaults)('$id, sent and stored', ({ input, output }) => {
    expect([...(input ? messagesOf(input) : []), ...messagesOf(output)]).toEqual([]);
  });

  const deployments = existsSync(MANIFESTS) ? readdirSync(MANIFESTS) : [];
  it.each(deployments)('ingress-nginx for %s', (provider) => {
    const documents = loadAll(readFileSync(new URL(`${provider}/deploy.yaml`, MANIFESTS), 'utf8')) as Manifest[];
    expect(documents.filter(Boolean).flatMap(messagesOf)).toEqual([]);
  });
});

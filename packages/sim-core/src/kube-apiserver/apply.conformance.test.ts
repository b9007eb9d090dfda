import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { services } from '../api/core-v1/service.ts';
import { deepCopy } from '../apimachinery/deep.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { strategicMergePatch } from '../apimachinery/patch/strategic-merge-patch.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import { shapeObject } from './shape-object.ts';
import { createTestServer } from './test-server.ts';

/*
 * What a real kube-apiserver v1.33.3 (and kubectl 1.33.1) answered to manifests, recorded: refusals, acceptances and
 * the objects stored.
 */

interface Recorded {
  readonly id: string;
  readonly layer: 'server' | 'kubectl';
  readonly manifest: string;
  readonly setup?: readonly string[];
  readonly expectErrorContains: readonly string[];
  readonly serverMessage?: string;
  readonly causes?: readonly { reason: string; message: string; field: string }[];
}

interface DefaultsCase {
  readonly id: string;
  readonly input?: KubeObject;
  readonly patch?: Record<string, unknown>;
  readonly of?: string;
  readonly output: KubeObject;
}

function read<T>(file: string): T | undefined {
  const path = sharedPath('conformance', file);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as T);
}

/** YAML that cannot be read at all belongs to the tests of the reader. */
function parse(manifest: string): unknown {
  try {
    return load(manifest);
  } catch {
    return undefined;
  }
}

const refused = read<Recorded[]>('api-errors.json') ?? [];
const accepted = read<{ id: string; manifest: string }[]>('accepted-although-suspicious.json') ?? [];
const defaults = read<{ cases: DefaultsCase[] }>('defaults.json')?.cases ?? [];

/** The recorder ran kubectl with `-n`; these cases need that flag to be refused. */
const NEEDS_NAMESPACE: readonly string[] = ['dep-namespace-missing'];

function items(value: unknown): unknown[] {
  const list = value as { kind?: string; items?: unknown[] };
  return list?.kind === 'List' ? (list.items ?? []) : [value];
}

function apply(server: ReturnType<typeof createTestServer>, manifest: string, options = {}): StatusError | undefined {
  const errors = items(load(manifest)).flatMap((value) => {
    try {
      server.applier.apply(value, options);
      return [];
    } catch (error) {
      if (error instanceof StatusError) return [error];
      throw error;
    }
  });
  return errors[0];
}

describe.skipIf(refused.length === 0)('manifests that are refused', () => {
  const readable = refused.filter(({ manifest }) => parse(manifest) !== undefined);

  test.each(readable.map((each) => [each.id, each] as const))('%s', (id, recorded) => {
    const server = createTestServer();
    for (const manifest of recorded.setup ?? []) expect(apply(server, manifest)).toBeUndefined();
    const error = apply(server, recorded.manifest, NEEDS_NAMESPACE.includes(id) ? { namespace: 'default' } : {});
    for (const text of recorded.expectErrorContains) expect(error?.message).toContain(text);
    if (recorded.layer === 'kubectl') return;
    expect(error?.message).toBe(recorded.serverMessage);
    if (recorded.causes !== undefined) expect(error?.status.details?.causes).toEqual(recorded.causes);
  });

  test('the rest is no YAML', () => {
    const rest = refused.filter((each) => !readable.includes(each)).map(({ id }) => id);
    expect(rest).toEqual(['yaml-tab', 'yaml-unclosed-quote']);
  });
});

describe.skipIf(accepted.length === 0)('manifests that are accepted, although one might think otherwise', () => {
  test.each(accepted.map((each) => [each.id, each] as const))('%s', (_id, { manifest }) => {
    expect(apply(createTestServer(), manifest)).toBeUndefined();
  });
});

/** Values that a real server draws by chance: only that they are there is compared. */
function withoutChance(object: KubeObject): unknown {
  const copy = deepCopy(object) as unknown as Record<string, Record<string, unknown>>;
  const { name, namespace, labels, annotations, generation } = object.metadata;
  copy.metadata = JSON.parse(JSON.stringify({ name, namespace, labels, annotations, generation }));
  const spec = copy.spec ?? {};
  if (typeof spec.clusterIP === 'string' && spec.clusterIP !== 'None') {
    expect(spec.clusterIPs).toEqual([spec.clusterIP]);
    expect(spec.clusterIP).toMatch(/^10\.96\./);
    Object.assign(spec, { clusterIP: '10.96.0.0', clusterIPs: ['10.96.0.0'] });
  }
  for (const port of (spec.ports ?? []) as { nodePort?: number }[]) {
    if (port.nodePort === undefined) continue;
    expect(port.nodePort).toBeGreaterThanOrEqual(30000);
    port.nodePort = 30000;
  }
  return copy;
}

/** Services that later cases change and whose creation was not recorded. */
const NOT_RECORDED: readonly KubeObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'b' },
    spec: { type: 'NodePort', selector: { app: 'x' }, ports: [{ port: 80, targetPort: 'http' }] },
  } as KubeObject,
];

describe.skipIf(defaults.length === 0)('objects as they are stored', () => {
  const server = createTestServer();
  const options = { user: 'admin' };
  const create = (input: KubeObject): KubeObject => {
    const kind = server.codec.scheme.kind(input.apiVersion, input.kind);
    if (kind === undefined) throw new Error(`no kind ${input.kind}`);
    return server.registry.create(kind, { ...input, metadata: { ...input.metadata, namespace: 'golden' } }, options);
  };
  create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'golden' } });
  for (const object of NOT_RECORDED) create(object);

  test.each(defaults.map((each) => [each.id, each] as const))('%s', (_id, { input, patch, of = '', output }) => {
    if (input !== undefined) {
      expect(withoutChance(create(input))).toEqual(withoutChance(output));
      return;
    }
    const type = server.codec.schema.kind('v1', 'Service');
    const live = server.store.get(services.resource, 'golden', of) as unknown as Record<string, unknown>;
    if (type === undefined || live === undefined) throw new Error(`no Service ${of}`);
    const merged = shapeObject(type, strategicMergePatch(type, live, patch ?? {}));
    expect(withoutChance(server.registry.update(services, merged as never, options))).toEqual(withoutChance(output));
  });
});

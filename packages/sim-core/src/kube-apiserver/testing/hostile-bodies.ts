import { PROTOBUF_FIELDS } from '../../api/protobuf-fields/index.ts';
import { encodeBody, encodeMessage } from '../../apimachinery/protobuf/testing/encode-protobuf.ts';
import type { Schema } from '../../apimachinery/schema/types.ts';
import { encodeManifests } from '../../manifest/encode-manifests.ts';
import type { RandomStream } from '../../sim/random.ts';
import { mutate, oddValue, pick } from './hostile-values.ts';

type Json = Readonly<Record<string, unknown>>;

/** A body and what it claims to be. */
export interface HostileBody {
  readonly contentType: string;
  readonly body: Uint8Array;
}

export const MEDIA_TYPES: readonly string[] = Object.freeze([
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  '',
  'text/plain',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  '__proto__',
]);
const OPERATIONS: readonly string[] = Object.freeze(['add', 'remove', 'replace', 'move', 'copy', 'test', 'nothing']);
const POINTERS: readonly string[] = Object.freeze([
  '',
  '/',
  '/spec',
  '/spec/replicas',
  '/metadata/labels/a~1b',
  '/metadata/name',
  '/metadata/annotations/-',
  '/spec/template/spec/containers/0/image',
  '/spec/template/spec/containers/-',
  '/spec/ports/99',
  '/spec/ports/-1',
  '/__proto__/polluted',
  '/constructor/prototype/polluted',
  '~',
  '/status',
]);
const TEXTS: readonly string[] = Object.freeze([
  '',
  'null',
  '{}',
  '[]',
  '""',
  'NaN',
  '{"a":NaN}',
  '{"a":1,"a":2}',
  '{"kind":"Deployment","kind":"Pod"}',
  '{"__proto__":{"polluted":true}}',
  '{"metadata":{"__proto__":{"polluted":true}}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '['.repeat(100_000),
  '{"a":'.repeat(20_000),
  '"',
  '{"a":"\\ud800"}',
  '1e400',
  'a: &a [*a]',
  'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]',
  '!!js/function "x"',
  '- - - - - a',
  '--- {}\n--- {}',
  '\u0000',
  '\ufeff{}',
  'k8s\u0000',
  '<<: {a: 1}',
]);

/** A body made of an object that some cluster would take. */
export function hostileBody(random: RandomStream, schema: Schema, object: Json): HostileBody {
  const contentType = pick(random, MEDIA_TYPES);
  const body = damage(random, contentOf(random, contentType, schema, object));
  return { contentType, body };
}

function contentOf(random: RandomStream, contentType: string, schema: Schema, object: Json): Uint8Array {
  if (random.next() < 0.15) return utf8(pick(random, TEXTS));
  // A few stay as they are: what is valid must not break anything either.
  const value = random.next() < 0.1 ? object : mutate(random, object);
  if (contentType.includes('protobuf')) return protobuf(schema, object, value as Json) ?? utf8('k8s\u0000');
  if (contentType.includes('json-patch')) return utf8(JSON.stringify(operations(random)));
  if (contentType.includes('yaml') && random.next() < 0.5) return yaml(value);
  if (contentType.includes('patch') && random.next() < 0.7) return utf8(JSON.stringify(part(random, value)));
  return utf8(JSON.stringify(value) ?? '');
}

/** Of what cannot be a message the message that it was made of. */
function protobuf(schema: Schema, original: Json, value: Json): Uint8Array | undefined {
  for (const object of [value, original]) {
    try {
      const { apiVersion, kind } = original as { apiVersion: string; kind: string };
      const type = schema.kind(apiVersion, kind);
      return type && encodeBody(apiVersion, kind, encodeMessage(type, object, PROTOBUF_FIELDS));
    } catch {
      // What has the wrong shape has no message.
    }
  }
  return undefined;
}

function yaml(value: unknown): Uint8Array {
  try {
    return utf8(encodeManifests([value as object]));
  } catch {
    return utf8('a: [');
  }
}

function operations(random: RandomStream): unknown {
  return Array.from({ length: random.integer(1, 4) }, () => ({
    op: pick(random, OPERATIONS),
    path: pick(random, POINTERS),
    ...(random.next() < 0.5 && { from: pick(random, POINTERS) }),
    ...(random.next() < 0.7 && { value: oddValue(random) }),
  }));
}

/** One field of an object: what patches are made of. */
function part(random: RandomStream, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [key, inner] = pick(random, Object.entries(value)) ?? ['spec', {}];
  return { [key]: random.next() < 0.3 ? null : inner };
}

/** Cuts off, changes or inserts bytes of some. */
function damage(random: RandomStream, body: Uint8Array): Uint8Array {
  const chance = random.next();
  if (body.length === 0 || chance < 0.7) return body;
  const at = random.integer(0, body.length - 1);
  if (chance < 0.8) return body.slice(0, at);
  const copy = Uint8Array.from(body);
  copy[at] = random.integer(0, 255);
  if (chance < 0.9) return copy;
  return Uint8Array.from([...body.subarray(0, at), 0xff, 0xfe, 0xc0, ...body.subarray(at)].slice(0, 100_000));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

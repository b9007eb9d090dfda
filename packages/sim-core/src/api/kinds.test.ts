import { describe, expect, test } from 'vitest';
import { apiVersionOf, groupResource, isStored } from '../apimachinery/kind.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import { KINDS } from './kinds.ts';
import { SCHEMA_JSON } from './schema.generated.ts';

const scheme = new Scheme(KINDS);
const schema = createSchema(() => SCHEMA_JSON);
const names = KINDS.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind] as const);

describe.each(names)('%s', (_name, kind) => {
  test('is found by every word that is its own', () => {
    expect(scheme.kind(apiVersionOf(kind), kind.kind)).toBe(kind);
    expect(scheme.stored(groupResource(kind.stored?.kind ?? kind))).toBe(kind.stored?.kind ?? kind);
    for (const word of [kind.resource, kind.singular, ...(kind.shortNames ?? []), kind.kind.toUpperCase()]) {
      expect(scheme.word(word), word).toBe(kind.stored?.kind ?? kind);
    }
  });

  test('the schema knows its fields', () => {
    expect(schema.kind(apiVersionOf(kind), kind.kind)?.fields.has('metadata')).toBe(true);
  });
});

test('no word is claimed twice', () => {
  const words = KINDS.filter(isStored).flatMap(({ resource, singular, shortNames = [] }) => [
    ...new Set([resource, singular, ...shortNames]),
  ]);
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
});

test.each([
  ['deployments.apps', 'Deployment'],
  ['deploy.v1.apps', 'Deployment'],
  ['ing', 'Ingress'],
  ['ingresses.networking.k8s.io', 'Ingress'],
  ['ep', 'Endpoints'],
  ['sts', 'StatefulSet'],
  ['statefulsets.batch', undefined],
  ['deployments.extensions', undefined],
])('%s', (word, kind) => {
  expect(scheme.word(word)?.kind).toBe(kind);
});

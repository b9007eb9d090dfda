import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../field-error.ts';
import type { ObjectMeta, OwnerReference } from '../object-meta.ts';
import { validateKubeFinalizers, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

const rules = { namespaced: true };
const meta = (more: Partial<ObjectMeta> = {}): ObjectMeta => ({ name: 'web', namespace: 'default', ...more });
const errorsOf = (more: Partial<ObjectMeta>, { namespaced } = rules): string[] =>
  validateObjectMeta(meta(more), { namespaced }).map(formatFieldError);

const owner = (name: string, controller = true): OwnerReference => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  name,
  uid: `uid-of-${name}`,
  controller,
});

describe('a new object', () => {
  test('what is right is accepted', () => {
    expect(
      errorsOf({
        labels: { 'app.kubernetes.io/name': 'web', empty: '' },
        annotations: { 'Example.com/Note': 'any text\n' },
        finalizers: ['example.com/hold'],
        ownerReferences: [owner('a'), owner('b', false)],
      }),
    ).toEqual([]);
    expect(errorsOf({ namespace: '' }, { namespaced: false })).toEqual([]);
  });

  test.each<[string, Partial<ObjectMeta>, string[]]>([
    ['no name', { name: '' }, ['metadata.name: Required value: name or generateName is required']],
    [
      'a prefix that no name can begin with',
      { generateName: 'Web-' },
      [
        `metadata.generateName: Invalid value: "Web-": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      ],
    ],
    ['no namespace', { namespace: '' }, ['metadata.namespace: Required value']],
    [
      'a namespace with a dot',
      { namespace: 'a.b' },
      ['metadata.namespace: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'two controllers',
      { ownerReferences: [owner('a'), owner('b')] },
      [
        expect.stringMatching(
          /^metadata\.ownerReferences: Invalid value: .*: Only one reference can have Controller set to true\. Found "true" in references for ReplicaSet\/a and ReplicaSet\/b$/s,
        ),
      ],
    ],
    [
      'an owner without uid',
      { ownerReferences: [{ ...owner('a'), uid: '' }] },
      ['metadata.ownerReferences.uid: Invalid value: "": must not be empty'],
    ],
    [
      'contradicting finalizers',
      { finalizers: ['orphan', 'foregroundDeletion'] },
      [
        'metadata.finalizers: Invalid value: []string{"orphan", "foregroundDeletion"}: finalizer orphan and foregroundDeletion cannot be both set',
      ],
    ],
    [
      'annotations of more than 256 KiB',
      { annotations: { a: 'x'.repeat(200_000), b: 'x'.repeat(70_000) } },
      ['metadata.annotations: Too long: may not be more than 262144 bytes'],
    ],
  ])('%s', (_name, more, expected) => {
    expect(errorsOf(more)).toEqual(expected);
  });

  test('a namespace where the kind has none', () => {
    expect(errorsOf({}, { namespaced: false })).toEqual(['metadata.namespace: Forbidden: not allowed on this type']);
  });
});

describe('an update', () => {
  test('what is being deleted gets no new finalizers', () => {
    const old = meta({ deletionTimestamp: '2025-01-01T00:00:00Z', finalizers: ['example.com/a'] });
    const errors = (finalizers: string[]): string[] =>
      validateObjectMetaUpdate({ ...old, finalizers }, old).map(formatFieldError);
    expect(errors([])).toEqual([]);
    expect(errors(['example.com/a'])).toEqual([]);
    expect(errors(['example.com/a', 'example.com/b'])).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
    ]);
  });
});

test('finalizers of Kubernetes’ own kinds have a domain in front', () => {
  const finalizers = ['orphan', 'example.com/hold', 'hold'];
  expect(validateKubeFinalizers(meta({ finalizers })).map(formatFieldError)).toEqual([
    'metadata.finalizers[2]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
  ]);
});

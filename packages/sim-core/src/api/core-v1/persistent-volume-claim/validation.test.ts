import { describe, expect, test } from 'vitest';
import { errorsOf, updateErrorsOf } from '../../test-errors.ts';
import { type PersistentVolume, persistentVolumes } from '../persistent-volume.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../persistent-volume-claim.ts';

const metadata = { name: 'data', namespace: 'default' };
const claim: PersistentVolumeClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata,
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName: 'standard' },
  status: { phase: 'Bound', capacity: { storage: '2Gi' } },
};
const volume: PersistentVolume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
};
const size = (storage: string): object => ({ resources: { requests: { storage } } });

describe('a claim', () => {
  const withSpec = (spec: object): string[] =>
    errorsOf(persistentVolumeClaims, claim, (object) => Object.assign(object.spec ?? {}, spec));
  test.each<[object, string[]]>([
    [{}, []],
    [size('0'), ['spec.resources[storage]: Invalid value: "0": must be greater than zero']],
    [{ volumeMode: 'Files' }, ['spec.volumeMode: Unsupported value: "Files": supported values: "Block", "Filesystem"']],
    [
      { dataSource: { kind: 'Thing' } },
      [
        'spec.dataSource.name: Required value',
        'spec.dataSource: Invalid value: "Thing": must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
      ],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test('grows once it is bound, and changes nothing else', () => {
    const to = (spec: object, old = claim): string[] =>
      updateErrorsOf(persistentVolumeClaims, old, (object) => Object.assign(object.spec ?? {}, spec));
    const fixed = expect.stringMatching(
      /^spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims\n/,
    );
    expect(to(size('3Gi'))).toEqual([]);
    expect(to(size('1Gi'))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ]);
    expect(to({ storageClassName: 'fast' })).toEqual([fixed]);
    expect(to(size('3Gi'), { ...claim, status: { phase: 'Pending' } })).toEqual([fixed]);
    expect(to({ volumeName: 'pv' })).toEqual([]);
  });

  test('warnings', () => {
    const fraction = { ...claim, spec: size('100m') };
    expect(persistentVolumeClaims.warnings?.(fraction)).toEqual([
      'spec.resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer',
    ]);
  });
});

describe('a volume', () => {
  const withSpec = (spec: object): string[] =>
    errorsOf(persistentVolumes, volume, (object) => Object.assign(object.spec ?? {}, spec));
  test.each<[object, string[]]>([
    [{}, []],
    [
      { persistentVolumeReclaimPolicy: 'keep', hostPath: { path: '/../x' } },
      [
        'spec.persistentVolumeReclaimPolicy: Unsupported value: "keep": supported values: "Delete", "Recycle", "Retain"',
        'spec.hostPath.path: Invalid value: "/../x": must not contain \'..\'',
      ],
    ],
    [
      { hostPath: undefined, local: {} },
      ['spec.local.path: Required value', 'spec.nodeAffinity: Required value: Local volume requires node affinity'],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test('keeps its source', () => {
    const errors = updateErrorsOf(persistentVolumes, volume, ({ spec }) =>
      Object.assign(spec ?? {}, { hostPath: { path: '/other' } }),
    );
    expect(errors).toEqual([
      expect.stringContaining(
        'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n',
      ),
    ]);
  });
});

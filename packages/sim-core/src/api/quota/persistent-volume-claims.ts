import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { type Amounts, parseAmounts } from '../../apimachinery/resource-list.ts';
import type { PersistentVolumeClaim } from '../core-v1/persistent-volume-claim.ts';
import type { Evaluator } from './evaluator.ts';
import { count } from './object-count.ts';

const NAMES: readonly string[] = Object.freeze([
  'count/persistentvolumeclaims',
  'persistentvolumeclaims',
  'requests.storage',
]);
const OF_CLASS = '.storageclass.storage.k8s.io/';

/** Claims and the storage that they ask for, also by class (pkg/quota/v1/evaluator/core/persistent_volume_claims.go). */
export const persistentVolumeClaimsEvaluator: Evaluator = Object.freeze({
  handles: (operation: string) => operation === 'CREATE' || operation === 'UPDATE',
  matchingResources: (hard: readonly string[]) =>
    hard.filter(
      (name) =>
        NAMES.includes(name) ||
        name.endsWith(`${OF_CLASS}requests.storage`) ||
        name.endsWith(`${OF_CLASS}persistentvolumeclaims`),
    ),
  matchesScope: () => false,
  usage: (object: KubeObject): Amounts => {
    const { spec } = object as PersistentVolumeClaim;
    const { storage } = parseAmounts(spec?.resources?.requests);
    const prefix = spec?.storageClassName ? `${spec.storageClassName}${OF_CLASS}` : undefined;
    return {
      'count/persistentvolumeclaims': count(1),
      persistentvolumeclaims: count(1),
      ...(prefix !== undefined && { [`${prefix}persistentvolumeclaims`]: count(1) }),
      ...(storage && { 'requests.storage': storage }),
      ...(storage && prefix !== undefined && { [`${prefix}requests.storage`]: storage }),
    };
  },
});

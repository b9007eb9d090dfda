import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { validateConfigMap, validateImmutableData } from './config-map/validation.ts';

/** core/v1 ConfigMap. */
export interface ConfigMap {
  apiVersion: 'v1';
  kind: 'ConfigMap';
  metadata: ObjectMeta;
  data?: Record<string, string> | null;
  binaryData?: Record<string, string>;
  immutable?: boolean;
}

export const configMaps = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  validate: validateConfigMap,
  validateUpdate: (configMap, old) => validateImmutableData(configMap, old, ['data', 'binaryData']),
  updateIsCheckedFirst: true,
  columns: [
    NAME,
    column('Data', ({ data, binaryData = {} }) => Object.keys(data ?? {}).length + Object.keys(binaryData).length),
    AGE,
  ],
});

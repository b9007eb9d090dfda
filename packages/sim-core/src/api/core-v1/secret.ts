import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkImmutable } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';
import { validateImmutableData } from './config-map/validation.ts';
import { setSecretDefaults } from './secret/defaults.ts';
import { validateSecret } from './secret/validation.ts';
import { warnOfSecret } from './secret/warnings.ts';

/** core/v1 Secret. `data` is base64; `stringData` is write-only and folded into data on create and update. */
export interface Secret {
  apiVersion: 'v1';
  kind: 'Secret';
  metadata: ObjectMeta;
  type?: string;
  data?: Record<string, string> | null;
  stringData?: Record<string, string>;
  immutable?: boolean;
}

export const secrets = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  singular: 'secret',
  namespaced: true,
  selectableFields: { type: ({ type }) => type ?? '' },
  setDefaults: setSecretDefaults,
  validate: validateSecret,
  validateUpdate: (secret, old) => [
    ...checkImmutable('type', secret.type, old.type),
    ...validateImmutableData(secret, old, ['data']),
  ],
  updateIsCheckedFirst: true,
  warnings: warnOfSecret,
  columns: [
    NAME,
    column('Type', ({ type }) => type ?? ''),
    column('Data', ({ data }) => Object.keys(data ?? {}).length),
    AGE,
  ],
});

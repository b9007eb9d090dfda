import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';

/** core/v1 ServiceAccount. */
export interface ServiceAccount {
  apiVersion: 'v1';
  kind: 'ServiceAccount';
  metadata: ObjectMeta;
  automountServiceAccountToken?: boolean;
  secrets?: { name?: string }[];
  imagePullSecrets?: { name?: string }[];
}

export const serviceAccounts = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  warnings: warnOfServiceAccount,
  columns: [NAME, column('Secrets', ({ secrets = [] }) => secrets.length), AGE],
});

const ENFORCE_SECRETS = 'kubernetes.io/enforce-mountable-secrets';

/** pkg/registry/core/serviceaccount/strategy.go WarningsOnCreate; of changes only where the annotation is new */
function warnOfServiceAccount({ metadata }: ServiceAccount, old?: ServiceAccount): string[] {
  const value = metadata.annotations?.[ENFORCE_SECRETS];
  if (value === undefined || value === old?.metadata.annotations?.[ENFORCE_SECRETS]) return [];
  return [
    `metadata.annotations[${ENFORCE_SECRETS}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
  ];
}

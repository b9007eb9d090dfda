import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { validateResourceQuota, validateResourceQuotaUpdate } from './resource-quota/validation.ts';

/** core/v1 ResourceQuota. */
export interface ResourceQuota {
  apiVersion: 'v1';
  kind: 'ResourceQuota';
  metadata: ObjectMeta;
  spec?: {
    hard?: Record<string, string>;
    scopes?: string[];
    scopeSelector?: { matchExpressions?: { scopeName: string; operator: string; values?: string[] }[] };
  };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** `name: used/hard` for limits or for everything else (`printResourceQuota`). */
function usage({ spec, status }: ResourceQuota, limits: boolean): string {
  const names = Object.keys(spec?.hard ?? {}).filter((name) => name.startsWith('limits.') === limits);
  return names
    .sort()
    .map((name) => `${name}: ${status?.used?.[name] ?? '0'}/${spec?.hard?.[name]}`)
    .join(', ');
}

export const resourceQuotas = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  resource: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  namespaced: true,
  hasStatus: true,
  prepareForCreate(quota) {
    quota.status = {};
  },
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  columns: [
    NAME,
    column('Request', (quota) => usage(quota, false)),
    column('Limit', (quota) => usage(quota, true)),
    AGE,
  ],
});

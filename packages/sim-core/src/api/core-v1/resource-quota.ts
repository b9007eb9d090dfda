import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { validateQuantity } from './pod/validation/resources.ts';

/** core/v1 ResourceQuota; stored, not enforced. */
export interface ResourceQuota {
  apiVersion: 'v1';
  kind: 'ResourceQuota';
  metadata: ObjectMeta;
  spec?: { hard?: Record<string, string>; scopes?: string[]; scopeSelector?: Record<string, unknown> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
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
  validate: ({ spec }) =>
    Object.entries(spec?.hard ?? {}).flatMap(([name, amount]) => validateQuantity(name, amount, `spec.hard[${name}]`)),
});

import { invalid } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkNonNegative } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';

/** coordination.k8s.io/v1 Lease. */
export interface Lease {
  apiVersion: 'coordination.k8s.io/v1';
  kind: 'Lease';
  metadata: ObjectMeta;
  spec?: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
    strategy?: string;
    preferredHolder?: string;
  };
}

export const leases = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  resource: 'leases',
  singular: 'lease',
  namespaced: true,
  // pkg/apis/coordination/validation/validation.go ValidateLeaseSpec
  validate: ({ spec = {} }) => {
    const { leaseDurationSeconds: seconds } = spec;
    const short = seconds !== undefined && seconds <= 0;
    return [
      ...(short ? [invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0')] : []),
      ...checkNonNegative('spec.leaseTransitions', spec.leaseTransitions),
    ];
  },
  columns: [NAME, column('Holder', ({ spec }) => spec?.holderIdentity ?? ''), AGE],
});

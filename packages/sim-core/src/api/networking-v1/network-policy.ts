import { defineKind } from '../../apimachinery/kind.ts';
import { formatLabelSelector, type LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME } from '../columns.ts';
import { setNetworkPolicyDefaults } from './network-policy/defaults.ts';
import { validateNetworkPolicy } from './network-policy/validation.ts';

/** networking.k8s.io/v1 NetworkPolicy; stored, not enforced. */
export interface NetworkPolicy {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'NetworkPolicy';
  metadata: ObjectMeta;
  spec?: NetworkPolicySpec;
}

export interface NetworkPolicySpec {
  podSelector: LabelSelector;
  policyTypes?: string[];
  ingress?: { ports?: NetworkPolicyPort[]; from?: NetworkPolicyPeer[] }[];
  egress?: { ports?: NetworkPolicyPort[]; to?: NetworkPolicyPeer[] }[];
}

export interface NetworkPolicyPort {
  port?: number | string;
  endPort?: number;
  protocol?: string;
}

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

export const networkPolicies = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  namespaced: true,
  generationOf: (policy) => policy.spec,
  setDefaults: setNetworkPolicyDefaults,
  validate: validateNetworkPolicy,
  columns: [NAME, column('Pod-Selector', ({ spec }) => formatLabelSelector(spec?.podSelector ?? {}) || '<none>'), AGE],
});

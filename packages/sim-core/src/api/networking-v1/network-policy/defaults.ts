import type { NetworkPolicy, NetworkPolicyPort } from '../network-policy.ts';

/** pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicy, SetDefaults_NetworkPolicyPort */
export function setNetworkPolicyDefaults({ spec }: NetworkPolicy): void {
  if (spec === undefined) return;
  spec.podSelector ??= {};
  if ((spec.policyTypes ?? []).length === 0) {
    spec.policyTypes = (spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  }
  spec.ingress = spec.ingress?.map(withProtocols);
  spec.egress = spec.egress?.map(withProtocols);
}

function withProtocols<T extends { ports?: NetworkPolicyPort[] }>(rule: T): T {
  if (rule.ports === undefined) return rule;
  return { ...rule, ports: rule.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) };
}

import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { checkCIDR, checkPort } from '../../checks.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../network-policy.ts';

const PROTOCOLS: readonly string[] = Object.freeze(['TCP', 'UDP', 'SCTP']);
const TYPES: readonly string[] = Object.freeze(['Ingress', 'Egress']);

/** pkg/apis/networking/validation/validation.go ValidateNetworkPolicySpec */
export function validateNetworkPolicy({ spec }: NetworkPolicy): FieldError[] {
  const { podSelector, ingress = [], egress = [], policyTypes = [] } = spec ?? { podSelector: {} };
  return [
    ...validateLabelSelector(podSelector, 'spec.podSelector'),
    ...ingress.flatMap(({ ports = [], from = [] }, i) => validateRule(ports, from, `spec.ingress[${i}]`, 'from')),
    ...egress.flatMap(({ ports = [], to = [] }, i) => validateRule(ports, to, `spec.egress[${i}]`, 'to')),
    ...policyTypes.flatMap((type, i) =>
      TYPES.includes(type) ? [] : [notSupported(`spec.policyTypes[${i}]`, type, TYPES)],
    ),
  ];
}

function validateRule(
  ports: readonly NetworkPolicyPort[],
  peers: readonly NetworkPolicyPeer[],
  path: string,
  peersField: string,
): FieldError[] {
  return [
    ...ports.flatMap((port, i) => validatePort(port, `${path}.ports[${i}]`)),
    ...peers.flatMap((peer, i) => validatePeer(peer, `${path}.${peersField}[${i}]`)),
  ];
}

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, path: string): FieldError[] {
  const errors =
    protocol && !PROTOCOLS.includes(protocol) ? [notSupported(`${path}.protocol`, protocol, PROTOCOLS)] : [];
  if (port !== undefined) errors.push(...checkPort(`${path}.port`, port));
  if (endPort === undefined) return errors;
  const reason =
    port === undefined
      ? 'may not be specified when `port` is not specified'
      : typeof port === 'string'
        ? 'may not be specified when `port` is non-numeric'
        : endPort < port
          ? 'must be greater than or equal to `port`'
          : undefined;
  return reason === undefined ? errors : [...errors, invalid(`${path}.endPort`, endPort, reason)];
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: string): FieldError[] {
  const selectors = [podSelector, namespaceSelector].filter((selector) => selector !== undefined).length;
  const errors = [
    ...validateLabelSelector(podSelector, `${path}.podSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? validateBlock(ipBlock, `${path}.ipBlock`) : []),
  ];
  if (ipBlock === undefined && selectors === 0) return [...errors, required(path, 'must specify a peer')];
  const both = ipBlock !== undefined && selectors > 0;
  return both ? [...errors, forbidden(path, 'may not specify both ipBlock and another peer')] : errors;
}

function validateBlock({ cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>, path: string): FieldError[] {
  if (!cidr) return [required(`${path}.cidr`)];
  return [...checkCIDR(`${path}.cidr`, cidr), ...except.flatMap((each, i) => checkCIDR(`${path}.except[${i}]`, each))];
}

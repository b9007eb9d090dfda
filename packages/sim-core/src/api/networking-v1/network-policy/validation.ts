import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { GoLiteral, goQuote } from '../../../apimachinery/go-syntax.ts';
import { type IPv4Network, parseIPv4Network } from '../../../apimachinery/ip.ts';
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
    ...validateTypes(policyTypes, 'spec.policyTypes'),
  ];
}

function validateTypes(types: readonly string[], path: string): FieldError[] {
  if (types.length > TYPES.length) {
    const printed = new GoLiteral(`[]networking.PolicyType{${types.map(goQuote).join(', ')}}`);
    return [invalid(path, printed, 'may not specify more than two policyTypes')];
  }
  return types.flatMap((type, i) => (TYPES.includes(type) ? [] : [notSupported(`${path}[${i}]`, type, TYPES)]));
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

/** `ValidateIPBlock` */
function validateBlock({ cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>, path: string): FieldError[] {
  if (!cidr) return [required(`${path}.cidr`)];
  const wrong = checkCIDR(`${path}.cidr`, cidr);
  if (wrong.length > 0) return wrong;
  return except.flatMap((each, i) => validateException(each, cidr, `${path}.except[${i}]`));
}

function validateException(except: string, cidr: string, path: string): FieldError[] {
  const wrong = checkCIDR(path, except);
  const [inner, outer] = [parseIPv4Network(except), parseIPv4Network(cidr)];
  if (wrong.length > 0 || (inner === undefined && outer === undefined)) return wrong;
  const within =
    inner && outer && inner.first >= outer.first && inner.last <= outer.last && inner.prefix > outer.prefix;
  return within ? [] : [invalid(path, inner ? goNetwork(inner) : except, 'must be a strict subset of `cidr`')];
}

/** A network as Go's `%#v` prints a net.IPNet. */
function goNetwork({ first, prefix }: IPv4Network): GoLiteral {
  const bytes = (value: number): string =>
    [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => `0x${(Math.floor(value / unit) % 256).toString(16)}`).join(', ');
  const mask = 2 ** 32 - 2 ** (32 - prefix);
  return new GoLiteral(`net.IPNet{IP:net.IP{${bytes(first)}}, Mask:net.IPMask{${bytes(mask)}}}`);
}

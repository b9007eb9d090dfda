import { expect, test } from 'vitest';
import { errorsOf } from '../../test-errors.ts';
import { type NetworkPolicy, networkPolicies } from '../network-policy.ts';

const good: NetworkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'x', namespace: 'default' },
  spec: { podSelector: {} },
};

test.each<[object, string[]]>([
  [
    { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '192.168.0.0/16'] } }] }] },
    [
      'spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: net.IPNet{IP:net.IP{0xc0, 0xa8, 0x0, 0x0}, Mask:net.IPMask{0xff, 0xff, 0x0, 0x0}}: must be a strict subset of `cidr`',
    ],
  ],
  [
    { policyTypes: ['Ingress', 'Egress', 'Ingress'] },
    [
      'spec.policyTypes: Invalid value: []networking.PolicyType{"Ingress", "Egress", "Ingress"}: may not specify more than two policyTypes',
    ],
  ],
])('%j', (spec, expected) => {
  expect(errorsOf(networkPolicies, good, (policy) => Object.assign(policy.spec ?? {}, spec))).toEqual(expected);
});

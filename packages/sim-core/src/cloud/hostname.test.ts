import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadBalancerHostname } from './hostname.ts';

test('the name says namespace and Service, cut to eight letters and digits, and ten digits of the hash of both', () => {
  const digest = createHash('sha256').update('ingress-nginx/ingress-nginx-controller').digest('hex').slice(0, 10);
  expect(loadBalancerHostname('ingress-nginx', 'ingress-nginx-controller')).toBe(
    `k8s-ingressn-ingressn-${digest}.elb.us-east-1.localhost`,
  );
});

test('Services of the same name in two namespaces have two names', () => {
  expect(loadBalancerHostname('default', 'web')).toMatch(/^k8s-default-web-[0-9a-f]{10}\.elb\.us-east-1\.localhost$/);
  expect(loadBalancerHostname('default', 'web')).not.toBe(loadBalancerHostname('prod', 'web'));
});

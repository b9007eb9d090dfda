import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Longest part of a name that goes into a load balancer's name (`%.8s` in aws-load-balancer-controller, pkg/service/model_build_load_balancer.go). */
const NAME_PART = 8;
const HASH_PART = 10;

/**
 * Host name of the load balancer of a Service: `k8s-ingressn-ingressn-0123456789.elb.us-east-1.localhost`. It depends on
 * namespace and name alone, so manifests may contain it. Real ones end in `.elb.us-east-1.amazonaws.com`; `.localhost`
 * resolves to this machine (RFC 6761).
 */
export function loadBalancerHostname(namespace: string, name: string): string {
  const digest = bytesToHex(sha256(utf8ToBytes(`${namespace}/${name}`))).slice(0, HASH_PART);
  return `k8s-${lettersAndDigits(namespace)}-${lettersAndDigits(name)}-${digest}.elb.us-east-1.localhost`;
}

function lettersAndDigits(name: string): string {
  return name.replace(/[^a-z0-9]/gi, '').slice(0, NAME_PART);
}

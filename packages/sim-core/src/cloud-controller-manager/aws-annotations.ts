import type { Service } from '../api/core-v1/service.ts';

/** Prefix of the annotations of both AWS controllers (cloud-provider-aws pkg/providers/v1/aws.go, aws-load-balancer-controller pkg/annotations). */
const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
/** Any provider's form of spec.loadBalancerSourceRanges (core/v1 annotation_key_constants.go). */
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** What the annotations of a Service ask of its load balancer. Unknown annotations and values change nothing. */
export interface AwsSettings {
  readonly scheme: 'internet-facing' | 'internal';
  readonly proxyProtocol: boolean;
  /** CIDRs of the annotation; spec.loadBalancerSourceRanges goes first. */
  readonly sourceRanges: readonly string[];
  /** Whether the load balancer ends TLS on this port. */
  endsTls(port: { readonly port: number; readonly name?: string }): boolean;
}

/**
 * Reads the annotations. Understood: -scheme, -internal, -proxy-protocol, -ssl-cert with -ssl-ports, and the source
 * ranges. -type, -backend-protocol, -cross-zone-load-balancing-enabled, -nlb-target-type and the others are accepted:
 * every load balancer here is a network load balancer with nodes as targets across zones.
 */
export function awsSettings(service: Service): AwsSettings {
  const annotations = service.metadata.annotations ?? {};
  const value = (name: string): string => (annotations[`${PREFIX}${name}`] ?? '').trim();
  const internal = value('scheme') === 'internal' || value('internal') === 'true' || value('internal') === '0.0.0.0/0';
  const tlsPorts = list(value('ssl-ports') || '*');
  return {
    scheme: internal ? 'internal' : 'internet-facing',
    proxyProtocol: value('proxy-protocol') === '*',
    sourceRanges: list(annotations[SOURCE_RANGES] ?? ''),
    endsTls: ({ port, name }) =>
      value('ssl-cert') !== '' && tlsPorts.some((each) => each === '*' || each === String(port) || each === name),
  };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

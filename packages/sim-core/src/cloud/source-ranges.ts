import { parseIPv4, parseIPv4Network } from '../apimachinery/ip.ts';

/**
 * Whether the address lies in one of the CIDRs; an empty list lets everybody in. A load balancer of a single-stack
 * cluster has IPv4 addresses only, so ranges and clients of the other family never meet.
 */
export function allowsSource(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  const source = parseIPv4(address);
  return source !== undefined && ranges.some((range) => contains(range, source));
}

function contains(range: string, source: number): boolean {
  const network = parseIPv4Network(range.trim());
  return network !== undefined && network.first <= source && source <= network.last;
}

import type { Regex } from '../../apimachinery/regex/regex.ts';
import type { TrafficShapingPolicy } from './directives.ts';
import { compilePcre } from './pcre.ts';

/** A traffic shaping policy with what each request compares, ready made. */
export interface CanaryPolicy {
  /** As nginx names the variable: lower case, `-` and `_` alike; '' for none. */
  readonly header: string;
  /** '' for none; beats the pattern and gives `always` and `never` no meaning. */
  readonly headerValue: string;
  /** 'broken': the pattern does not compile, which sends every request with the header to the primary. */
  readonly headerPattern: Regex | 'broken' | undefined;
  /** Lower case; '' for none. */
  readonly cookie: string;
  readonly weight: number;
  /** Never below 100. */
  readonly weightTotal: number;
}

/** weight-total counts only above 100 (rootfs/etc/nginx/lua/balancer.lua). */
export function effectiveWeightTotal(weightTotal: number): number {
  return Math.max(weightTotal, 100);
}

export function compileCanaryPolicy(policy: TrafficShapingPolicy): CanaryPolicy {
  return {
    header: policy.header.toLowerCase().replaceAll('-', '_'),
    headerValue: policy.headerValue,
    headerPattern: policy.headerPattern === '' ? undefined : compilePattern(policy.headerPattern),
    cookie: policy.cookie.toLowerCase(),
    weight: policy.weight,
    weightTotal: effectiveWeightTotal(policy.weightTotal),
  };
}

function compilePattern(pattern: string): Regex | 'broken' {
  try {
    return compilePcre(pattern);
  } catch {
    return 'broken';
  }
}

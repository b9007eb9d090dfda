import { canaryAffinity } from './checks/canary-affinity.ts';
import { canaryEndpoints } from './checks/canary-endpoints.ts';
import { canaryIgnored } from './checks/canary-ignored.ts';
import { canaryMarked } from './checks/canary-marked.ts';
import { canaryPolicy } from './checks/canary-policy.ts';
import { canaryRivals } from './checks/canary-rivals.ts';
import { canaryShared } from './checks/canary-shared.ts';
import { canaryUnreached } from './checks/canary-unreached.ts';
import { canaryWithoutMain } from './checks/canary-without-main.ts';
import type { Check } from './finding.ts';

/**
 * Why a canary gets no traffic, or other traffic than was meant, in the order in which to look: what it is, where it stands,
 * what stands beside it, who answers behind it, whom it lets in, what comes before it, what it does beyond.
 */
export const CANARY_CHECKS: readonly Check[] = Object.freeze([
  canaryMarked,
  canaryRivals,
  canaryWithoutMain,
  canaryEndpoints,
  canaryPolicy,
  canaryUnreached,
  canaryAffinity,
  canaryShared,
  canaryIgnored,
]);

import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { annotationOf } from '../binding/ingress-function.ts';

/** Below this no total has an effect: ingress-nginx then counts to 100 (rootfs/etc/nginx/lua/balancer.lua). */
const LEAST_TOTAL = 100;

/** The share of a canary as ingress-nginx reads its annotations. */
export interface EffectiveWeight {
  /** 0 to 100. */
  readonly percent: number;
  readonly weight: number;
  /** As it acts: at least 100. */
  readonly total: number;
  /** As it is written; undefined where nothing is. */
  readonly writtenTotal: number | undefined;
}

/** Reads `canary-weight` and `canary-weight-total`; what is no whole number counts as not there. */
export function effectiveWeight(canary: Ingress): EffectiveWeight {
  const weight = integerOf(annotationOf(canary, 'canary-weight')) ?? 0;
  const writtenTotal = integerOf(annotationOf(canary, 'canary-weight-total'));
  const total = writtenTotal !== undefined && writtenTotal > LEAST_TOTAL ? writtenTotal : LEAST_TOTAL;
  const percent = Math.min(100, Math.max(0, (weight / total) * 100));
  return { percent, weight, total, writtenTotal };
}

function integerOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[-+]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

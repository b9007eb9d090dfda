import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import { percent } from './canary-stages.ts';
import { REASONS } from './reasons/index.ts';
import { spellUpstream } from './scene.ts';

/** What would become of a request, in a few words. */
export function outcomeOf(record: DecisionRecord): string {
  const { redirectTo, reason, status, canary, upstream, toCanary, weight, drawTotal, draw, errorCode } = record;
  if (redirectTo !== undefined) return `${status} to ${redirectTo}`;
  if (reason !== undefined) return `${status}: ${REASONS[reason].brief}`;
  const where = spellUpstream(upstream ?? { namespace: '', service: '', port: '' });
  if (errorCode !== 0) return `${where} answers for the ${errorCode}`;
  if (canary === 'weight' && draw === 0 && weight > 0 && weight < drawTotal)
    return `canary for ${percent(weight, drawTotal)} of such requests, drawn for each`;
  return canary === 'none' ? where : `${toCanary ? 'canary' : 'main Service'} ${where}`;
}

import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import { percent } from './canary-stages.ts';
import { spellUpstream } from './scene.ts';

/** What would become of a request, in a few words. */
export function outcomeOf(record: DecisionRecord): string {
  const { redirectTo, reason, status, canary, upstream, toCanary, weight, drawTotal } = record;
  if (redirectTo !== undefined) return `${status} to ${redirectTo}`;
  if (reason === 'no-endpoints') return '503: the main Service has no ready endpoint';
  if (reason !== undefined) return `${status}: ${WORDS[reason] ?? reason}`;
  const where = spellUpstream(upstream ?? { namespace: '', service: '', port: '' });
  if (canary === 'weight' && weight > 0 && weight < drawTotal)
    return `canary for ${percent(weight, drawTotal)} of such requests, drawn for each`;
  return canary === 'none' ? where : `${toCanary ? 'canary' : 'main Service'} ${where}`;
}

const WORDS: Readonly<Record<string, string>> = Object.freeze({
  'default-backend': 'no rule fits',
  'body-too-large': 'the body is too large',
  'bad-request': 'nginx refuses the request',
  denied: 'the location is denied',
});

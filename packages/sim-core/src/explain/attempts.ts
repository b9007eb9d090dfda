import type { Reason } from '../ingress-nginx/nginx/answer.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';

/** One try to get an answer of a pod, in words. */
export interface Attempt {
  readonly endpoint: string;
  readonly pod: string | undefined;
  /** `refused the connection`, `answered 503`. */
  readonly says: string;
  /** Milliseconds. */
  readonly time: number;
}

/** What went wrong with a pod, in words. */
const FAILURES: Readonly<Partial<Record<Reason, string>>> = Object.freeze({
  refused: 'refused the connection',
  reset: 'ended the connection before it answered',
  'connect-timeout': 'did not take the connection in time',
  'read-timeout': 'took the request and did not answer in time',
  'head-too-large': 'sent more headers than nginx has room for',
});

/** Every try of a request, the last one included; none where no pod was asked. */
export function attemptsOf(record: DecisionRecord): Attempt[] {
  const { attempts = [], tries, endpoint, endpointPort, pod, upstreamStatus, upstreamTime } = record;
  const known = attempts.map((each): Attempt => {
    const says = (each.failure && FAILURES[each.failure]) ?? `answered ${each.status}`;
    return { endpoint: each.endpoint, pod: each.pod, says, time: each.time };
  });
  if (tries <= known.length) return known;
  const says = upstreamStatus === 0 ? 'gave no answer' : `answered ${upstreamStatus}`;
  return [...known, { endpoint: `${endpoint}:${endpointPort}`, pod, says, time: upstreamTime }];
}

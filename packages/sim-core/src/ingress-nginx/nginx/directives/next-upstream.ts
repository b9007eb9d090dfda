/** Cases of `proxy_next_upstream` (ngx_http_upstream_module); only what can happen to a simulated pod. */
export interface NextUpstream {
  readonly error: boolean;
  readonly timeout: boolean;
  readonly invalidHeader: boolean;
  readonly nonIdempotent: boolean;
  /** Answers that count as failed: 403, 404, 429, 500, 502, 503, 504. */
  readonly statuses: readonly number[];
  /** As it was written, for printing. */
  readonly text: string;
}

/** `error timeout`: what ingress-nginx retries by default (internal/ingress/controller/config/config.go). */
export const DEFAULT_NEXT_UPSTREAM: NextUpstream = Object.freeze({
  error: true,
  timeout: true,
  invalidHeader: false,
  nonIdempotent: false,
  statuses: Object.freeze([]),
  text: 'error timeout',
});

/** Takes `proxy_next_upstream`'s words apart; words that nginx does not know are left out. */
export function parseNextUpstream(text: string): NextUpstream {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const off = words.includes('off');
  const has = (word: string) => !off && words.includes(word);
  const statuses = words
    .filter((word) => /^http_(403|404|429|500|502|503|504)$/.test(word))
    .map((word) => Number(word.slice(5)));
  return Object.freeze({
    error: has('error'),
    timeout: has('timeout'),
    invalidHeader: has('invalid_header'),
    nonIdempotent: has('non_idempotent'),
    statuses: off ? [] : statuses,
    text: words.join(' '),
  });
}

import type { Load } from '../traffic/load-generator.ts';
import type { LoadState } from '../wire.ts';

/** A running load as the page shows it. */
export function loadState({ id, options, sent, answered, failed }: Load): LoadState {
  return {
    id,
    url: options.url,
    rate: options.rate,
    duration: options.duration ?? null,
    headers: options.headers ?? {},
    startedBy: options.startedBy ?? '',
    sent,
    answered,
    failed,
  };
}

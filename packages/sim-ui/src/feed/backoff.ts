const FIRST_MS = 250;
const CAP_MS = 5000;

/**
 * How long to wait before the next attempt: 250 ms doubled each time up to 5 s, with full jitter, so that a classroom of
 * pages does not come back all at once.
 *
 * @param attempt - counts from 0
 * @param random - in [0, 1)
 */
export function retryDelay(attempt: number, random: number): number {
  return Math.round(random * Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt, 16)));
}

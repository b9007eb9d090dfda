import { parseDuration } from '../apimachinery/duration.ts';
import type { KubectlContext } from './context.ts';
import { failure } from './kubectl-error.ts';

/** Milliseconds of a flag in Go's words. @throws KubectlError */
export function durationOf(name: string, text: string): number {
  const negative = text.startsWith('-');
  const value = parseDuration(negative ? text.slice(1) : text);
  if (value === undefined)
    throw failure(`invalid argument "${text}" for "--${name}" flag: time: invalid duration "${text}"`);
  return negative ? -value : value;
}

/**
 * Asks again and again until it holds.
 * @param timeout `30s`; 0 never ends
 * @returns false when the time is over
 */
export async function untilDeadline(
  { environment }: KubectlContext,
  timeout: string,
  poll: number,
  holds: () => Promise<boolean>,
): Promise<boolean> {
  const patience = durationOf('timeout', timeout);
  for (let waited = 0; ; waited += poll) {
    if (await holds()) return true;
    if (patience > 0 && waited >= patience) return false;
    await environment.sleep(poll);
  }
}

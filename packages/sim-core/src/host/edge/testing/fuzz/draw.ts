import type { RandomStream } from '../../../../sim/random.ts';

/** One of the values, each as likely. */
export function anyOf<T>(chance: RandomStream, values: readonly T[]): T {
  return values[chance.integer(0, values.length - 1)] as T;
}

/** True in this share of the draws. */
export function sometimes(chance: RandomStream, share: number): boolean {
  return chance.next() < share;
}

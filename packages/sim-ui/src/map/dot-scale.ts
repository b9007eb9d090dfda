/** How many requests one dot can stand for. */
export const SCALES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

/** So many dots set off in a second at most; with about five seconds on the way that is fewer than 200 at a time. */
const MOST_DOTS_PER_SECOND = 30;
/** A scale is given up for a smaller one only after it has been too coarse for so long. */
const HYSTERESIS_MS = 3000;

/** The present scale, and since when a smaller one would do. */
export interface DotScale {
  readonly requests: number;
  readonly tooCoarseSince?: number;
}

/**
 * The scale for a rate: coarser at once, so that the map never floods; finer only after three seconds.
 *
 * @param perSecond - requests a second over all ways
 * @param now - milliseconds of any clock
 */
export function nextScale(scale: DotScale, perSecond: number, now: number): DotScale {
  const wanted = SCALES.find((requests) => perSecond / requests <= MOST_DOTS_PER_SECOND) ?? SCALES[SCALES.length - 1]!;
  if (wanted > scale.requests) return { requests: wanted };
  if (wanted === scale.requests) return { requests: scale.requests };
  const since = scale.tooCoarseSince ?? now;
  return now - since >= HYSTERESIS_MS ? { requests: wanted } : { requests: scale.requests, tooCoarseSince: since };
}

/** The dots of one way. */
export class DotShare {
  #left: number;

  /** @param random - in [0, 1): where the rounding begins, so that it favours nobody */
  constructor(random: number) {
    this.#left = random;
  }

  /**
   * How many dots a count is worth. What is left over counts next time: the mix is right on average from the first request
   * on, and the sum is never off by more than one dot.
   */
  take(count: number, requests: number): number {
    const exact = this.#left + count / requests;
    const whole = Math.floor(exact);
    this.#left = exact - whole;
    return whole;
  }
}

/**
 * The narrowest pair of counts that leaves at most half of what `coverage` lacks on either side: an exact central band of
 * the binomial distribution.
 *
 * @param n draws
 * @param p chance of each, between 0 and 1
 * @param coverage probability that a count lies inside, 0.9999 for instance
 */
export function binomialBand(n: number, p: number, coverage: number): [low: number, high: number] {
  const tail = (1 - coverage) / 2;
  const chances = binomial(n, p);
  return [firstBeyond(chances, tail), n - firstBeyond([...chances].reverse(), tail)];
}

/** Chances of 0 … n successes. */
function binomial(n: number, p: number): number[] {
  const chances: number[] = [];
  let log = n * Math.log1p(-p);
  for (let k = 0; k <= n; k++) {
    chances.push(Math.exp(log));
    log += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return chances;
}

/** First count at which the chances up to and including it add up to more than `tail`. */
function firstBeyond(chances: readonly number[], tail: number): number {
  let sum = 0;
  for (const [count, chance] of chances.entries()) {
    sum += chance;
    if (sum > tail) return count;
  }
  return chances.length - 1;
}

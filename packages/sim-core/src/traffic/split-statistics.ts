/** Weight draws of one split, and how many of them went to the canary. */
export interface SplitSample {
  readonly n: number;
  readonly canary: number;
}

/** What the draws say about the weight that is configured. */
export type Verdict = 'too early' | 'consistent' | 'not consistent';

/** How often, at most, a correct split is ever called "not consistent", however long somebody watches. */
export const ALPHA = 0.05;
/** Below so many draws an agreement says nothing; a contradiction may show before. */
const FEWEST_DRAWS = 100;
/** Draws that the prior around the configured weight is worth. */
const PRIOR_STRENGTH = 100;
/** 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's 95 % score interval of the canary's share, as fractions; null without draws. It holds for one look at the
 * data: what is watched live leaves it now and then (40 % of correct one-minute runs), so verdicts don't use it.
 */
export function wilson95({ n, canary }: SplitSample): [number, number] | null {
  if (n === 0) return null;
  const share = canary / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const centre = share + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  return [
    canary === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    canary === n ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}

/**
 * Whether the draws fit the configured share. At 0 and 1 one wrong draw is a failure. In between the share is ruled out
 * once the evidence against it reaches 1/{@link ALPHA}: valid at every look (Ville's inequality), unlike an interval
 * for a fixed number of draws.
 *
 * @param share configured weight as a fraction; everything from 1 on sends all requests to the canary
 */
export function verdictOf(sample: SplitSample, share: number): Verdict {
  if (isRuledOut(sample, share)) return 'not consistent';
  return sample.n < FEWEST_DRAWS ? 'too early' : 'consistent';
}

function isRuledOut(sample: SplitSample, share: number): boolean {
  if (share <= 0) return sample.canary > 0;
  if (share >= 1) return sample.canary < sample.n;
  return logEvidenceAgainst(share, sample, share) >= -Math.log(ALPHA);
}

/**
 * Natural logarithm of the evidence against a share: how much likelier the draws are under a beta-binomial mixture than
 * under that share. The shares whose evidence stays below 1/alpha form a confidence sequence.
 *
 * @param share the share in question, between 0 and 1
 * @param centre where the mixture's prior has its mean, between 0 and 1
 */
export function logEvidenceAgainst(share: number, { n, canary }: SplitSample, centre: number): number {
  const a = PRIOR_STRENGTH * centre;
  const b = PRIOR_STRENGTH * (1 - centre);
  const mixture = logBeta(a + canary, b + n - canary) - logBeta(a, b);
  return mixture - canary * Math.log(share) - (n - canary) * Math.log1p(-share);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Smallest argument of Stirling's series that is exact to about 1e-13 with the terms below. */
const STIRLING_FROM = 10;

/** ln Γ(x) for x > 0: Stirling's series, reached from small arguments by Γ(x) = Γ(x + 1) / x. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < STIRLING_FROM; at++) shift += Math.log(at);
  const square = at * at;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

import { logEvidenceAgainst } from '../../traffic/split-statistics.ts';

/** Draws after each of which the evidence is looked at; later only every so many, which takes nothing from the guarantee. */
const LOOK_ALWAYS_UNTIL = 500;
const LOOK_EVERY = 25;

/**
 * Decides from draws alone whether a share is what it should be. The evidence against the share is a mixture likelihood ratio
 * (a Beta prior around the share, against the share itself): a non-negative martingale that begins at 1 while the share is
 * right, so that it ever reaches 1/errorOdds with a probability of at most errorOdds, however often somebody looks (Ville's
 * inequality; Robbins 1970). A correct split is called wrong at most that often, whatever the number of draws.
 */
export class SequentialSplitTest {
  readonly #share: number;
  readonly #threshold: number;
  #n = 0;
  #hits = 0;
  #ruledOut = false;

  /** @param share from 0 to 1. @param errorOdds how often, at most, a correct share is called wrong */
  constructor(share: number, errorOdds: number) {
    this.#share = share;
    this.#threshold = -Math.log(errorOdds);
  }

  /** Takes one draw. @returns whether the share is ruled out now */
  add(isHit: boolean): boolean {
    this.#n++;
    if (isHit) this.#hits++;
    if (this.#share === 0 || this.#share === 1) this.#ruledOut ||= isHit !== (this.#share === 1);
    else if (this.#n <= LOOK_ALWAYS_UNTIL || this.#n % LOOK_EVERY === 0)
      this.#ruledOut ||= this.logEvidence >= this.#threshold;
    return this.#ruledOut;
  }

  get isRuledOut(): boolean {
    return this.#ruledOut;
  }

  get draws(): number {
    return this.#n;
  }

  get hits(): number {
    return this.#hits;
  }

  /** Natural logarithm of the evidence against the share; 0 before the first draw. */
  get logEvidence(): number {
    if (this.#share === 0 || this.#share === 1) return this.#ruledOut ? Number.POSITIVE_INFINITY : 0;
    return logEvidenceAgainst(this.#share, { n: this.#n, canary: this.#hits }, this.#share);
  }
}

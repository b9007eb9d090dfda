/** Totals at one moment, as the feed has them. */
export interface TrafficTotals {
  /** Milliseconds of the page's clock. */
  readonly at: number;
  readonly requests: number;
  readonly errors: number;
  /** Weight draws of the first canary, and how many reached it; of one sample. */
  readonly n: number;
  readonly canary: number;
}

/** One second of the chart. */
export interface TrafficPoint {
  readonly at: number;
  /** Requests a second. */
  readonly rate: number;
  /** Failed requests a second. */
  readonly errors: number;
  /** Share of the canary over the last ten seconds, as a fraction; null without a draw. */
  readonly share: number | null;
}

const POINT_MS = 1000;
const SHARE_MS = 10_000;
/** Two minutes. */
const MOST_POINTS = 120;

/** Points of the chart, one a second: what was counted between two moments, never what was configured. */
export class TrafficHistory {
  #totals: TrafficTotals[] = [];
  #points: readonly TrafficPoint[] = [];

  get points(): readonly TrafficPoint[] {
    return this.#points;
  }

  /** @returns whether there is a new point */
  add(totals: TrafficTotals): boolean {
    const last = this.#totals.at(-1);
    if (last !== undefined && totals.at - last.at < POINT_MS) return false;
    // Totals that fell belong to another run.
    if (last !== undefined && totals.requests < last.requests) this.clear();
    const before = this.#totals.at(-1);
    this.#totals = [...this.#totals.filter(({ at }) => at >= totals.at - SHARE_MS), totals];
    if (before === undefined) return false;
    const seconds = (totals.at - before.at) / 1000;
    const point = {
      at: totals.at,
      rate: (totals.requests - before.requests) / seconds,
      errors: (totals.errors - before.errors) / seconds,
      share: shareOf(this.#totals),
    };
    this.#points = [...this.#points, point].slice(-MOST_POINTS);
    return true;
  }

  clear(): void {
    this.#totals = [];
    this.#points = [];
  }
}

/** A sample that began anew counts from its own beginning. */
function shareOf(totals: readonly TrafficTotals[]): number | null {
  const steps = totals.slice(1).map((now, i) => {
    const before = totals[i]!;
    return now.n >= before.n ? { n: now.n - before.n, canary: now.canary - before.canary } : now;
  });
  const n = steps.reduce((sum, step) => sum + step.n, 0);
  return n === 0 ? null : steps.reduce((sum, step) => sum + step.canary, 0) / n;
}

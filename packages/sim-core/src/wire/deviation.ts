/** One line of `GET /api/v1/deviations`: where the simulation differs knowingly from ingress-nginx (conformance/deviations.yaml). */
export interface WireDeviation {
  /** Lower-case words with dashes. */
  id: string;
  /** What it belongs to: `path`, `redirect`, `canary` … */
  area: string;
  /** What we do, and what the original does. */
  what: string;
  why: string;
  /** Recorded vectors that cannot pass because of it. */
  vectors: string[];
}

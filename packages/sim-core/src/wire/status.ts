/** What the cluster says of itself. */
export interface WireStatus {
  epoch: string;
  rev: number;
  now: number;
  speed: number;
  paused: boolean;
  seed: string;
  scenario: string;
  settled: boolean;
  waitingFor: { kind: string; namespace: string; name: string; reason: string }[];
  /** Where the simulation differs from the real thing: the three facts of the badge first, a few words each. */
  deviations: string[];
  engine: string;
  /** Where the edge really listens. */
  http: string;
  https: string;
}

export interface CostLine {
  /** Load balancers that exist. */
  loadBalancers: number;
  monthly: number;
  monthlyWithOneIngress: number;
  currency: string;
  /** Where the prices come from and of which date. */
  source: string;
  sentence: string;
}

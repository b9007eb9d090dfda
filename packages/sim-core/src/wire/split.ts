/** One row for every main host+path that has a canary. */
export interface SplitRow {
  namespace: string;
  ingress: string;
  canaryIngress: string;
  host: string;
  path: string;
  service: string;
  canaryService: string;
  weight: number;
  /** Effective total, at least 100. */
  weightTotal: number;
  sinceRevision: number;
  since: number;
  /** Weight draws since the last change of weight, header or cookie rules or backends. */
  n: number;
  canary: number;
  forcedHeader: number;
  forcedCookie: number;
  errors: number;
  /** Wilson 95 % interval of the canary's share, as fractions; null when n = 0 or sessions are sticky. */
  wilson95: [number, number] | null;
  verdict: 'too early' | 'consistent' | 'not consistent';
  alpha: number;
  sticky: boolean;
}

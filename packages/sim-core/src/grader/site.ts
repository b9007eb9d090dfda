import type { AppliedDocument } from './submission/apply.ts';
import type { GradedFiles } from './submission/read-submission.ts';
import type { Target, TargetRequest } from './target/target.ts';

/** Something that is wrong with manifests, or with what they make. */
export interface ManifestFinding {
  readonly severity: 'error' | 'warning';
  readonly reason: string;
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Why a request ends as it does. */
export interface Explanation {
  readonly summary: string;
  readonly fix: string;
  readonly file?: string;
  readonly line?: number;
}

/** One cluster for one submission, with the scenario in it. */
export interface Site {
  readonly target: Target;
  /** Where objects go that name no namespace. */
  readonly namespace: string;
  /** What the API server's validation and the doctor say of the submission. */
  examine(files: GradedFiles, applied: readonly AppliedDocument[]): Promise<readonly ManifestFinding[]>;
  /** Why a request ends as it does, where somebody can say. */
  explain?(request: TargetRequest): Explanation | undefined;
  close(): Promise<void>;
}

/** What is opened. */
export interface SiteOrder {
  readonly seed: string;
  /** Milliseconds of real time after which it gives up. */
  readonly wall: number;
}

/** Where submissions are graded: the simulated cluster, or a real one. */
export interface Ground {
  /** For reports: `simulated`, or an address. */
  readonly name: string;
  open(order: SiteOrder): Promise<Site>;
}

import type { ManifestDocument } from '../../manifest/document.ts';
import type { Exercise } from './document.ts';
import type { Variant } from './variants.ts';

/** An exercise with what lies beside it, for one variant: everything that grading needs besides the cluster. */
export interface ExercisePack {
  readonly exercise: Exercise;
  readonly variant: Variant;
  /** `sha256:…` of document, scenario and solution. */
  readonly digest: string;
  /** Objects of the scenario, without settings. */
  readonly scenario: readonly ManifestDocument[];
  /** Objects of the reference solution; none where it was left out. */
  readonly solution: readonly ManifestDocument[];
}

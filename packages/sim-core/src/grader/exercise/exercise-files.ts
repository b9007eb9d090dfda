import type { SourceFile } from '../../manifest/source-map.ts';

/** The texts of an exercise, as they lie in its folder. */
export interface ExerciseFiles {
  readonly exercise: SourceFile;
  readonly scenario: readonly SourceFile[];
  readonly start: readonly SourceFile[];
  readonly solution: readonly SourceFile[];
  /** By the name of its folder. */
  readonly wrong: ReadonlyMap<string, readonly SourceFile[]>;
}

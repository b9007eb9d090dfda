/** What `PATCH /api/v1/weight` did: a line in the draft of a file; without a file, in the cluster only. */
export interface WeightAnswer {
  readonly rev: number;
  readonly file?: string;
  readonly line?: number;
  /** The whole line, as it now stands in the draft. */
  readonly text?: string;
}

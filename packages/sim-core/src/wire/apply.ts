/** A file of the run as the cluster has it. */
export interface SourceFile {
  file: string;
  text: string;
  /** Whether `text` stands in no file on the disk. */
  draft: boolean;
  /** What the disk has in place of a draft. */
  saved?: string;
}

/** One line of `POST /api/v1/apply`'s answer. */
export interface AppliedObject {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
  action: 'created' | 'configured' | 'unchanged';
  file: string;
  line: number;
  /** What the API server and kubectl warn of. */
  warnings: string[];
  /** What a real cluster would have refused because of the order, where that was set right. */
  retriedAfter?: string;
}

/** One line of its 422 answer. */
export interface ApplyProblem {
  message: string;
  /** What to do next; '' for nothing special. */
  hint: string;
  file: string;
  reason: string;
  field: string;
  document: number;
  line: number;
  column: number;
}

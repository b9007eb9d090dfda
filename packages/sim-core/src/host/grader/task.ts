import type { JournalEntry } from './journal.ts';

/** One submission to grade. */
export interface Task {
  /** Names it in results: the student. */
  readonly id: string;
  readonly name?: string;
  /** Where it lies; absent when nothing was handed in. */
  readonly path?: string;
  /** What it was made of when it was graded last. */
  readonly known?: string;
}

/** What became of a task: its result, or that nothing has changed since. */
export type TaskOutcome = JournalEntry | 'unchanged';

/** Grades one submission. Whatever a student handed in, it resolves; it throws for bugs of ours only. */
export type Grade = (task: Task) => Promise<TaskOutcome>;

/** Why a task has no result. */
export type TaskFailure =
  | { readonly kind: 'hung'; readonly seconds: number }
  | { readonly kind: 'memory' }
  | { readonly kind: 'died'; readonly message: string };

/** Why a submission could not be graded, for the student's and the instructor's eyes. */
export function failureWords(failure: TaskFailure): string {
  switch (failure.kind) {
    case 'hung':
      return `it took longer than ${failure.seconds} s and was stopped`;
    case 'memory':
      return 'it needed more memory than one submission may have and was stopped';
    default:
      return `grading it ended early (${failure.message})`;
  }
}

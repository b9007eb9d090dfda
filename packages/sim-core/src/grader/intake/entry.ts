/** Something that lies in a submitted folder or archive, before anything is judged. */
export interface SubmittedEntry {
  /** As the folder or the archive calls it. */
  readonly path: string;
  /** Its content; absent where {@link ignoredByName} says that nobody has to read it. */
  readonly bytes?: Uint8Array;
  /** Why it was not read although its name is a manifest's: a symbolic link, a device, no permission. */
  readonly unread?: string;
}

/** A submission as it was found on disk. */
export interface RawSubmission {
  /** Names it in results: the student, or the path. */
  readonly id: string;
  readonly entries: readonly SubmittedEntry[];
  /** Why nothing of it can be graded: a limit, a damaged archive. In words for student and instructor. */
  readonly refused?: string;
}

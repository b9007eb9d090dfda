/** A file's text, worked out when somebody reads it. */
export type FileText = string | (() => string);

/** What stands at a path. */
export interface FileEntry {
  readonly kind: 'file' | 'directory';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly readOnly: boolean;
}

/** A file of manifests as it was read; `file` is the name that messages show. */
export interface InputFile {
  readonly file: string;
  /** Where it can be read again, absolute; absent for what can be read only once. */
  readonly path?: string;
  readonly bytes: Uint8Array;
}

/** `GET /api/v1/class`: the folder of `--class` as it lies on the disk. With `?seen=TAG`: 204 where nothing has changed. */
export interface ClassFiles {
  /** As it was named; '' without `--class`. */
  folder: string;
  /** Another one whenever a file is another one. */
  tag: string;
  /** By their names. */
  files: ClassFile[];
}

/** A file of exported progress or results of `grade`, or why it is not read. Nobody has looked at what the text says. */
export type ClassFile = { file: string; text: string } | { file: string; problem: string };

/** What `GET /api/v1/kubectl` tells of the built-in kubectl. */
export interface KubectlCommands {
  /** Commands with their flags, without dashes. */
  commands: { name: string; flags: string[] }[];
}

/** A line of `POST /api/v1/kubectl`'s answer, which goes on as long as the command does. The last one has the exit code. */
export type KubectlOutput = { out: string } | { err: string } | { exit: number };

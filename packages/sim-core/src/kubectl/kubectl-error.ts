/** An end that kubectl foresees: `message` is all that is printed, as it stands. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** `error: <message>`, as cmdutil.CheckErr prints what is no answer of the server. */
export function failure(message: string): KubectlError {
  return new KubectlError(message.startsWith('error: ') ? message : `error: ${message}`);
}

/** A mistake in the command line (cmdutil.UsageErrorf). */
export function usageError(command: string, message: string): KubectlError {
  return new KubectlError(`error: ${message}\nSee 'kubectl ${command} -h' for help and examples`);
}

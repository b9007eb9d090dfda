/** Why a command line is not taken: the program says so and ends. */
export class FlagError extends Error {
  /** Code with which the program ends: 2 from pflag, 255 from klog.Fatal. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** `--help` and `--version`: no errors, and nothing runs. */
export class NothingToRun extends FlagError {
  readonly wantsHelp: boolean;

  constructor(wantsHelp: boolean) {
    super('', 0);
    this.wantsHelp = wantsHelp;
  }
}

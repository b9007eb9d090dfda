/** Exit codes of every command (interfaces.md). */
export const EXIT = Object.freeze({
  ok: 0,
  /** Content refused, file missing or unreadable, over a limit, check failed. */
  refused: 1,
  /** Unknown flag or command, missing argument, not yet. */
  usage: 2,
  /** Environment: explicit port taken, no permission, no running sandbox. */
  environment: 3,
  /** Our bug. */
  bug: 70,
});

/** An end that was foreseen: its message is all that the user sees. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Something that cannot be done as it was asked for. Over HTTP it becomes a JSON answer with that status. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly reason: string | undefined;

  constructor(status: number, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

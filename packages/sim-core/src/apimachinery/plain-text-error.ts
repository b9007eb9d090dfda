import { StatusError } from './status-error.ts';

/**
 * A 500 that is answered in plain text, as the kubelet's own server does: clients that wanted another protocol print it as
 * `unable to upgrade connection: …`. Where it has to be a Status it is an InternalError.
 */
export class PlainTextError extends StatusError {
  constructor(message: string) {
    super({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: 'InternalError',
      code: 500,
    });
    this.name = 'PlainTextError';
  }
}

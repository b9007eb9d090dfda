import { StatusError } from '../apimachinery/status-error.ts';

/**
 * A 500 of the kubelet's own server, which answers in plain text: clients print it as `unable to upgrade connection: …`. Where it
 * has to be a Status it is an InternalError.
 */
export class KubeletError extends StatusError {
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
    this.name = 'KubeletError';
  }
}

import { newInternalError, type Status } from './status-error.ts';

/** What is told of the end of a command: a Status without kind. */
export type CommandStatus = Pick<Status, 'status' | 'message' | 'details' | 'code'> & { readonly reason?: string };

/** How a command ended. */
export interface CommandEnd {
  readonly subresource: 'exec' | 'attach';
  readonly code: number;
  /** An error of the runtime, in whose place there is no exit code. */
  readonly message?: string;
}

const SUCCESS: CommandStatus = Object.freeze({ status: 'Success' });

/** The kubelet's Status for the end of a command (cri/streaming/remotecommand/exec.go, attach.go: that one knows no exit codes). */
export function commandStatus({ subresource, code, message }: CommandEnd): CommandStatus {
  if (message !== undefined) {
    const what = subresource === 'exec' ? 'error executing command in container' : 'error attaching to container';
    return internalError(`${what}: ${message}`);
  }
  if (code === 0 || subresource === 'attach') return SUCCESS;
  return {
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** What the API server makes of it when it translates (util/proxy/streamtranslator.go): an error becomes one of its own. */
export function translatedStatus(status: CommandStatus): CommandStatus {
  return status.reason === 'InternalError' ? internalError(status.message ?? '') : status;
}

function internalError(text: string): CommandStatus {
  const { status, message, reason, details, code } = newInternalError(text).status;
  return { status, message, reason, details, code } as CommandStatus;
}

/** A Status as the protocols from v4 on carry it. */
export function statusJson({ status, message, reason, details, code }: CommandStatus): string {
  return JSON.stringify({ metadata: {}, status, message, reason, details, code });
}

import { goQuote } from '../../../apimachinery/go-syntax.ts';
import { type Status, StatusError } from '../../../apimachinery/status-error.ts';

const BAD_REQUEST = 400;
/** What a Go server cannot answer with: it would break off. */
const NO_STATUS = 1000;

/**
 * The refusal of a webhook as the client sees it (webhook/errors/statuserror.go, ToStatusErr).
 * @param sent the Status that came with it
 */
export function denial(webhook: string, sent: Readonly<Record<string, unknown>> | undefined): StatusError {
  const { code, status, message, reason, details } = sent ?? {};
  const deniedBy = `admission webhook ${goQuote(webhook)} denied the request`;
  const why = [message, reason].find((text) => typeof text === 'string' && text !== '');
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: why === undefined ? `${deniedBy} without explanation` : `${deniedBy}: ${why}`,
    ...(typeof reason === 'string' && reason !== '' && { reason: reason as NonNullable<Status['reason']> }),
    ...(typeof details === 'object' && details !== null && { details }),
    ...(status !== undefined && status !== 'Success' && status !== '' && { status: status as Status['status'] }),
    code: codeOf(code),
  });
}

/** A refusal is never a success. */
function codeOf(code: unknown): number {
  return typeof code === 'number' && Number.isInteger(code) && code >= BAD_REQUEST && code < NO_STATUS
    ? code
    : BAD_REQUEST;
}

import { type FieldError, formatFieldErrorBody, toAggregate } from './field-error.ts';
import { goQuote } from './go-syntax.ts';

/** One reason inside a Status; `field` is a path as in {@link FieldError}. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** What a failed request was about; `kind` is a kind for Invalid and a resource for the others, as upstream has it. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** `metav1.Status`: the body of every error answer, and of some successful ones. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: StatusReason;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** The reasons of `metav1.StatusReason` that this API server gives, with their HTTP codes. */
const CODES = Object.freeze({
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  Invalid: 422,
  BadRequest: 400,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
});

/** Machine-readable reason of a Status. */
export type StatusReason = keyof typeof CODES;

/** A group and a kind; the core group is ''. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** A group and a plural resource; the core group is ''. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** An error that is an API answer; `message` is the Status' own. */
export class StatusError extends Error {
  readonly status: Status;
  /** What the client is warned of beside it. */
  warnings: readonly string[] = [];
  constructor(status: Status) {
    super(status.message ?? '');
    this.name = 'StatusError';
    this.status = status;
  }
}

/** True for a {@link StatusError} with that reason. */
export function hasReason(error: unknown, reason: StatusReason): error is StatusError {
  return error instanceof StatusError && error.status.reason === reason;
}

function failure(reason: StatusReason, message: string, details?: StatusDetails): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details && { details }),
    code: CODES[reason],
  });
}

function qualified(name: string, group: string): string {
  return group === '' ? name : `${name}.${group}`;
}

function about(kind: string, group: string, name: string): StatusDetails {
  return { ...(name !== '' && { name }), ...(group !== '' && { group }), ...(kind !== '' && { kind }) };
}

/** 422 `Deployment.apps "web" is invalid: …`. */
export function newInvalid({ group, kind }: GroupKind, name: string, errors: readonly FieldError[]): StatusError {
  const causes = errors.map((e) => ({ reason: e.type, message: formatFieldErrorBody(e), field: e.field }));
  const head = `${qualified(kind, group)} ${goQuote(name)} is invalid`;
  const message = errors.length > 0 ? `${head}: ${toAggregate(errors)}` : head;
  return failure('Invalid', message, { ...about(kind, group, name), ...(causes.length > 0 && { causes }) });
}

/** 404 `deployments.apps "web" not found`. */
export function newNotFound({ group, resource }: GroupResource, name: string): StatusError {
  return failure('NotFound', `${qualified(resource, group)} ${goQuote(name)} not found`, about(resource, group, name));
}

/** 409 `deployments.apps "web" already exists`. */
export function newAlreadyExists({ group, resource }: GroupResource, name: string): StatusError {
  const message = `${qualified(resource, group)} ${goQuote(name)} already exists`;
  return failure('AlreadyExists', message, about(resource, group, name));
}

/** The words for a write with an old resourceVersion (`OptimisticLockErrorMsg` of `pkg/registry/generic/registry/store.go`). */
const OPTIMISTIC_LOCK_MESSAGE =
  'the object has been modified; please apply your changes to the latest version and try again';

/** 409 `Operation cannot be fulfilled on services "web": …`; the optimistic lock's words unless told otherwise. */
export function newConflict(
  { group, resource }: GroupResource,
  name: string,
  message: string = OPTIMISTIC_LOCK_MESSAGE,
): StatusError {
  const text = `Operation cannot be fulfilled on ${qualified(resource, group)} ${goQuote(name)}: ${message}`;
  return failure('Conflict', text, about(resource, group, name));
}

/** 409 of a server-side apply of fields that others manage; the message tells all of them. */
export function newApplyConflict(causes: readonly StatusCause[], message: string): StatusError {
  return failure('Conflict', message, { causes });
}

/** 400 with the message as given. */
export function newBadRequest(message: string): StatusError {
  return failure('BadRequest', message);
}

/** 403 `services "web" is forbidden: …`; without a resource `forbidden: …`, without a name `services is forbidden: …`. */
export function newForbidden({ group, resource }: GroupResource, name: string, message: string): StatusError {
  const what = qualified(resource, group);
  const subject = name === '' ? `${what} is ` : `${what} ${goQuote(name)} is `;
  return failure('Forbidden', `${what === '' ? '' : subject}forbidden: ${message}`, about(resource, group, name));
}

/** 410 for a watch or list from a revision that is gone. */
export function newResourceExpired(message: string): StatusError {
  return failure('Expired', message);
}

/** 415 for a body of a media type that nobody reads. */
export function newUnsupportedMediaType(accepted: readonly string[]): StatusError {
  const list = accepted.join(', ');
  return failure(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}

/** 406 for a client that takes none of the media types we have. */
export function newNotAcceptable(offered: readonly string[]): StatusError {
  return failure('NotAcceptable', `only the following media types are accepted: ${offered.join(', ')}`);
}

/** 405 where a path knows other methods (NewGenericServerResponse). */
export function newMethodNotAllowed({ group, resource }: GroupResource): StatusError {
  const causes = [{ reason: 'UnexpectedServerResponse', message: '405: Method Not Allowed' }];
  const details = { ...about(resource, group, ''), causes };
  return failure('MethodNotAllowed', 'the server does not allow this method on the requested resource', details);
}

/** 504 for what did not come in time; a list from a revision that is not there yet. */
export function newTimeout(message: string): StatusError {
  return failure('Timeout', `Timeout: ${message}`, { retryAfterSeconds: 1 });
}

/** 503 with the message as given. */
export function newServiceUnavailable(message: string): StatusError {
  return failure('ServiceUnavailable', message);
}

/** 401, whatever was wrong with the credentials. */
export function newUnauthorized(): StatusError {
  return failure('Unauthorized', 'Unauthorized');
}

/** 500 `Internal error occurred: …`. */
export function newInternalError(message: string): StatusError {
  return failure('InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/**
 * 429, with what stands behind it.
 * @param retryAfterSeconds told to the client when it is more than 0
 */
export function newTooManyRequests(
  message: string,
  retryAfterSeconds: number,
  causes: readonly StatusCause[] = [],
): StatusError {
  return failure('TooManyRequests', message, {
    ...(causes.length > 0 && { causes }),
    ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
  });
}

/** 500 with the message as given and no reason: an error of Go that is no Status (responsewriters.ErrorToAPIStatus). */
export function newUnknownError(message: string): StatusError {
  return new StatusError({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });
}

/** 422 that says nothing of its cause (NewGenericServerResponse with StatusUnprocessableEntity). */
export function newUnprocessable(): StatusError {
  return failure('Invalid', 'the server rejected our request due to an error in our request', {});
}

/** 413 with the message as given. */
export function newRequestEntityTooLarge(message: string): StatusError {
  return failure('RequestEntityTooLarge', `Request entity is too large: ${message}`);
}

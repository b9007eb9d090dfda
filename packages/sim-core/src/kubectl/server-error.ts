import { ConnectionRefused, type KubectlAnswer } from './connection.ts';
import { isObject, type JsonObject, object, objects, text } from './json.ts';
import { KubectlError } from './kubectl-error.ts';

/** A refusal of the API server. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly status: JsonObject;
  readonly code: number;

  constructor(code: number, status: JsonObject) {
    super(text(status, 'message'));
    this.code = code;
    this.status = status;
  }

  get reason(): string {
    return text(this.status, 'reason');
  }

  /** The same refusal with words in front of its message (cmdutil.AddSourceToErr). */
  about(what: string): ServerError {
    return new ServerError(this.code, { ...this.status, message: `${what}: ${this.message}` });
  }
}

/** The refusal that an answer is. */
export function serverError({ status, body }: KubectlAnswer): ServerError {
  const parsed = parse(body);
  if (isObject(parsed) && parsed['kind'] === 'Status') return new ServerError(status, parsed);
  if (status === 404) {
    return new ServerError(status, { reason: 'NotFound', message: 'the server could not find the requested resource' });
  }
  return new ServerError(status, { message: body.trim() });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What is printed for an error (kubectl/pkg/cmd/util/helpers.go checkErr, StandardErrorMessage). */
export function errorText(error: unknown, server: string): string {
  if (error instanceof KubectlError) return error.message;
  if (error instanceof ConnectionRefused) {
    return `The connection to the server ${server} was refused - did you specify the right host or port?`;
  }
  if (!(error instanceof ServerError)) throw error;
  if (error.reason === 'Invalid') return invalidText(error);
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  if (error.reason !== '') return `Error from server (${error.reason}): ${error.message}`;
  return `Error from server: ${error.message}`;
}

function invalidText({ status, message }: ServerError): string {
  const details = object(status, 'details');
  const kind = text(details, 'kind');
  const prefix = kind === '' ? 'The request is invalid' : `The ${kind} "${text(details, 'name')}" is invalid`;
  const causes = objects(details, 'causes').map((cause) => {
    const field = text(cause, 'field');
    return field === '' ? text(cause, 'message') : `${field}: ${text(cause, 'message')}`;
  });
  if (causes.length === 0) return kind === '' ? `${prefix}: ${message}` : prefix;
  return causes.length === 1
    ? `${prefix}: ${causes[0]}`
    : `${prefix}: \n${causes.map((cause) => `* ${cause}`).join('\n')}`;
}

import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { StatusError } from '../../apimachinery/status-error.ts';
import { ControlError } from '../../run/control-error.ts';
import { sendMessage } from './answer.ts';
import { LARGEST_BODY } from './input.ts';

/** An API of ours: routes below `/api/v1`, and words for everything that is none of them. */
export function createApp(
  { onError }: { onError?: ((error: unknown) => void) | undefined },
  addRoutes: (app: Express, api: Router) => void,
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const api = express.Router({ caseSensitive: true });
  addRoutes(app, api);
  app.use('/api/v1', api);
  app.use((request, response) =>
    sendMessage(response, 404, `there is no ${request.method} ${request.path} here`, 'NotFound'),
  );
  app.use(errorHandler((error) => onError?.(error)));
  return app;
}

/** Every error is an answer with a message; what is ours is told on the console as well, but never a stack to a client. */
function errorHandler(report: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const known = knownError(error);
    if (known === undefined) report(error);
    const { status, message, reason } = known ?? {
      status: 500,
      message: `internal error: ${messageOf(error)}`,
      reason: 'InternalError',
    };
    if (response.headersSent) response.destroy();
    else sendMessage(response, status, message, reason);
  };
}

function knownError(error: unknown): { status: number; message: string; reason: string | undefined } | undefined {
  if (error instanceof ControlError) return error;
  if (error instanceof StatusError) {
    const { code = 500, reason } = error.status;
    return { status: code, message: error.message, reason };
  }
  // What body-parser and the router refuse is the client's mistake.
  const { status = 500, message } = error as { status?: number; message: string };
  if (status === 413)
    return { status, message: `the body is larger than ${LARGEST_BODY}`, reason: 'RequestEntityTooLarge' };
  if (status >= 400 && status < 500)
    return { status, message: `the request is not as expected: ${message}`, reason: 'BadRequest' };
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { ServerResponse } from 'node:http';

/** nginx's lingering_time and lingering_timeout, in milliseconds. */
const LINGERING_TIME = 30_000;
const LINGERING_TIMEOUT = 5_000;

/** Told on a response whose request body nobody is going to read on. */
export const BODY_NOT_WANTED = 'bodyNotWanted';

/** Whether the connection closes after this answer while its client may still be sending. */
export function mustLinger({ req }: ServerResponse, closes: boolean): boolean {
  if (!closes || req.complete || req.destroyed) return false;
  return Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
}

/**
 * Ends an answer after which the connection closes. To close while bytes arrive would reset the connection, and the client
 * might never see the answer: so what it still sends is read and dropped first (nginx's lingering_close).
 */
export function endLingering(response: ServerResponse, chunk: Uint8Array | string | undefined): void {
  const { req } = response;
  if (chunk === undefined) response.flushHeaders();
  else response.write(chunk);
  const end = () => {
    clearTimeout(quiet);
    clearTimeout(all);
    response.end();
  };
  const quiet = setTimeout(end, LINGERING_TIMEOUT);
  const all = setTimeout(end, LINGERING_TIME);
  response.emit(BODY_NOT_WANTED);
  req.on('data', () => quiet.refresh());
  req.once('end', end);
  req.once('close', end);
  req.resume();
}

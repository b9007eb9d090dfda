import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { ApiResponse } from '../../index.ts';
import type { AuditEntry } from './audit-log.ts';
import type { KubernetesOptions } from './listener.ts';
import { readRequest } from './read-request.ts';
import { sendResponse } from './send-response.ts';
import { serveUpgrade } from './serve-upgrade.ts';

/** The server behind the port of the Kubernetes API: takes connections that were accepted elsewhere. */
export function createApiHttpServer(options: KubernetesOptions): Server {
  const certificate = options.certificate?.();
  const server =
    certificate === undefined
      ? createHttpServer()
      : createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem });
  server.on('request', (incoming, outgoing) => void serve(options, incoming, outgoing));
  server.on('upgrade', (request, socket, head) => void serveUpgrade(options, server, { request, socket, head }));
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

async function serve(options: KubernetesOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const entry = options.auditLog?.received(incoming);
  try {
    const request = await readRequest(incoming);
    if (request === undefined) return entry?.complete(0);
    const apiServer = await options.apiServer();
    entry?.asked(apiServer.askedBy(request));
    const response = await apiServer.handle(request);
    if (entry !== undefined) writeDown(entry, response, outgoing);
    sendResponse(outgoing, response);
  } catch (error) {
    options.onError(error);
    outgoing.destroy();
  }
}

/** An answer that goes on is complete when its connection is; all others before their client can have read them. */
function writeDown(entry: AuditEntry, response: ApiResponse, outgoing: ServerResponse): void {
  if ('body' in response) entry.complete(response.status);
  else outgoing.once('close', () => entry.complete(response.status));
}

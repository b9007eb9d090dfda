import type { Server } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ApiRequest, ApiResponse } from '../../index.ts';
import { bearerSubprotocol } from './bearer-subprotocol.ts';
import type { KubernetesOptions } from './listener.ts';
import { requestOf } from './read-request.ts';
import { serveExec } from './streams/exec.ts';
import { servePortForward } from './streams/port-forward.ts';
import { answer, asksForWebSocket, type UpgradeRequest } from './streams/upgrade.ts';
import { subprotocols } from './streams/web-socket.ts';

/** Requests that want more than one answer: only they get another protocol. */
const CONNECTION = /^\/api\/v1\/namespaces\/[^/?]+\/pods\/[^/?]+\/(?:exec|attach|portforward)\/?(?:\?|$)/;
/** Headers that ask for another protocol. */
const UPGRADE_HEADERS = /^(?:connection|upgrade|http2-settings)$/i;

/** Serves a request that asks for another protocol: connections to pods in it, all others as if they had not asked. */
export async function serveUpgrade(options: KubernetesOptions, server: Server, upgrade: UpgradeRequest): Promise<void> {
  const { request, socket } = upgrade;
  socket.on('error', () => {
    // A client that resets its connection is no error of ours; 'close' follows.
  });
  if (!CONNECTION.test(request.url ?? '')) return serveWithoutUpgrade(server, upgrade);
  const entry = options.auditLog?.received(request);
  try {
    const apiServer = await options.apiServer();
    const asked = withBearer(upgrade);
    entry?.asked(apiServer.askedBy(asked));
    // Without a protocol of its own the connection ends with its answer, which tells its status before.
    socket.once('close', () => entry?.complete(101));
    const audited = { ...upgrade, onRefused: (status: number) => entry?.complete(status) };
    const onStream = (protocol: string) => entry?.speaks(protocol);
    if (!socket.destroyed) connectToPod({ ...options, onStream }, apiServer.connect(asked), audited);
  } catch (error) {
    options.onError(error);
    socket.destroy();
  }
}

/** The request, with the token that a browser has no header for. */
function withBearer({ request }: UpgradeRequest): ApiRequest {
  const asked = requestOf(request, new Uint8Array(0));
  const token = asksForWebSocket(request) ? bearerSubprotocol(subprotocols(request)) : undefined;
  if (token === undefined || asked.headers.authorization !== undefined) return asked;
  return { ...asked, headers: { ...asked.headers, authorization: `Bearer ${token}` } };
}

function connectToPod(
  { dial, onStream, onError }: KubernetesOptions & { onStream(protocol: string): void },
  connection: ReturnType<Awaited<ReturnType<KubernetesOptions['apiServer']>>['connect']>,
  upgrade: UpgradeRequest,
): void {
  const hooks = { onError, onStream };
  if (!('kind' in connection)) return refuse(upgrade, connection);
  if (connection.kind === 'portforward') {
    const { podIp } = connection;
    return servePortForward(upgrade, { ...hooks, pod: podIp, dial: (port) => dial(podIp, port) });
  }
  const { kind: subresource, request: exec, start } = connection;
  serveExec(upgrade, start, { ...hooks, subresource, exec });
}

function refuse(upgrade: UpgradeRequest, response: ApiResponse): void {
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
  answer(upgrade, response.status, headers, 'body' in response ? response.body : new Uint8Array(0));
}

/** Hands the request to the server once more, without the headers that it was put aside for. */
function serveWithoutUpgrade(server: Server, { request, socket, head }: UpgradeRequest): void {
  const { rawHeaders } = request;
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!UPGRADE_HEADERS.test(rawHeaders[i] as string)) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit((socket as TLSSocket).encrypted ? 'secureConnection' : 'connection', socket);
}

import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { FINISH_TIMEOUT, listHeader, type UpgradeRequest } from './upgrade.ts';

/** Longest message that is read, bytes (golang.org/x/net/websocket, DefaultMaxPayloadBytes). */
const LONGEST_MESSAGE = 32 * 1024 * 1024;

/** Subprotocols that a client of a WebSocket asks for, the one that it likes best first. */
export function subprotocols(request: IncomingMessage): string[] {
  return listHeader(request, 'sec-websocket-protocol');
}

/**
 * Makes the connection a WebSocket. The subprotocol was chosen before: `ws` refuses names like `SPDY/3.1+portforward.k8s.io`,
 * since '/' may not stand in a token, so it does not get to see them.
 * @param protocol '' when the client asked for none
 */
export function acceptWebSocket(
  { request, socket, head }: UpgradeRequest,
  protocol: string,
  opened: (webSocket: WebSocket) => void,
): void {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: false,
    // An option that its types do not know yet.
    ...{ closeTimeout: FINISH_TIMEOUT },
  });
  if (protocol !== '') server.once('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${protocol}`));
  const { 'sec-websocket-protocol': _chosen, ...headers } = request.headers;
  const withoutProtocols: IncomingMessage = Object.create(request, { headers: { value: headers } });
  server.handleUpgrade(withoutProtocols, socket, head, (webSocket) => {
    webSocket.on('error', () => webSocket.terminate());
    opened(webSocket);
  });
}

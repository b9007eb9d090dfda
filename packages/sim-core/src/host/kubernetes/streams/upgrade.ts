import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { StatusError } from '../../../apimachinery/status-error.ts';

/** After so many milliseconds without a byte a connection ends (streaming.DefaultConfig of the kubelet). */
const IDLE = 4 * 3_600_000;

/** How long a client may take to read the rest, in milliseconds (apiserver/pkg/util/proxy/websocket.go, finishTimeout). */
export const FINISH_TIMEOUT = 15 * 60_000;

/** A request that asks for another protocol, as node's HTTP server hands it over by 'upgrade'. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind the request already. */
  readonly head: Buffer;
  /** Told when it is answered in the old protocol. */
  readonly onRefused?: (status: number) => void;
}

/** Whether a request asks for a WebSocket (httpstream/wsstream/conn.go, IsWebSocketRequest). */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && hasUpgradeOption(headers.connection);
}

/** Whether a request asks for SPDY/3.1 (httpstream/spdy/upgrade.go). */
export function asksForSpdy({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase().includes('spdy/3.1') === true && hasUpgradeOption(headers.connection);
}

function hasUpgradeOption(connection: string | undefined): boolean {
  return connection?.toLowerCase().includes('upgrade') === true;
}

/** The values of a header that holds a list, wherever it stands. */
export function listHeader({ rawHeaders }: IncomingMessage, lowerCaseName: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() !== lowerCaseName) continue;
    values.push(...(rawHeaders[i + 1] as string).split(',').map((value) => value.trim()));
  }
  return values.filter((value) => value !== '');
}

/** The first protocol of the client's that the server speaks. */
export function negotiate(asked: readonly string[], spoken: readonly string[]): string | undefined {
  return asked.find((protocol) => spoken.includes(protocol));
}

/** An answer that is no upgrade. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: readonly string[];
}

/** Answers with a text, as Go's http.Error does, and closes. */
export function refuse(upgrade: UpgradeRequest, { status, message, headers = [] }: Refusal): void {
  const content = ['Content-Type: text/plain; charset=utf-8', 'X-Content-Type-Options: nosniff'];
  answer(upgrade, status, [...headers, ...content], message === '' ? '' : `${message}\n`);
}

/** Answers with a Status of the API server, and closes. */
export function refuseWithStatus(upgrade: UpgradeRequest, { status }: StatusError): void {
  answer(upgrade, status.code ?? 500, ['Content-Type: application/json'], `${JSON.stringify(status)}\n`);
}

/** Answers a request that asked for another protocol in the old one, and closes. */
export function answer(
  { socket, onRefused }: UpgradeRequest,
  status: number,
  headers: readonly string[],
  body: string | Uint8Array,
): void {
  onRefused?.(status);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.resume();
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(body, () => socket.destroy());
}

/** Makes the connection a SPDY one (httpstream/spdy/upgrade.go). */
export function switchToSpdy(socket: Duplex, protocol: string): void {
  const head = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: SPDY/3.1'];
  socket.write(`${[...head, `X-Stream-Protocol-Version: ${protocol}`].join('\r\n')}\r\n\r\n`);
}

/**
 * The protocol for SPDY streams, or why there is none (httpstream/httpstream.go, Handshake).
 * @param spoken in the order in which the server names them
 */
export function negotiateSpdy(request: IncomingMessage, spoken: readonly string[]): string | Refusal {
  const asked = listHeader(request, 'x-stream-protocol-version');
  if (asked.length === 0) return { status: 400, message: 'unable to upgrade: X-Stream-Protocol-Version is required' };
  const message = `unable to upgrade: unable to negotiate protocol: client supports [${asked.join(' ')}], server accepts [${spoken.join(' ')}]`;
  const headers = spoken.map((protocol) => `X-Accepted-Stream-Protocol-Versions: ${protocol}`);
  return negotiate(asked, spoken) ?? { status: 403, message, headers };
}

/** Ends a connection on which nothing happens any more. */
export function endWhenIdle(socket: Duplex & { setTimeout?(milliseconds: number, then: () => void): void }): void {
  socket.setTimeout?.(IDLE, () => socket.destroy());
}

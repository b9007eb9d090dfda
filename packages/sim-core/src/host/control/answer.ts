import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The page may load from us only, nobody may frame it, and no other site gets at what we send (ui.md 4.6). */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': "default-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
});

/** Answers in JSON. */
function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

/** Answers with a message, and with a word for programs where there is one. */
export function sendMessage(response: ServerResponse, status: number, message: string, reason?: string): void {
  sendJson(response, status, { message, ...(reason === undefined ? {} : { reason }) });
}

/** Answers a request for another protocol with a refusal, and ends the connection. */
export function refuseUpgrade(socket: Duplex, { status, message }: { status: number; message: string }): void {
  const body = `${JSON.stringify({ message })}\n`;
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

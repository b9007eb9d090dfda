/** First byte of a TLS record that carries a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 22;
/** Record header, handshake header, version and random stand before the session id (RFC 8446, 4.1.2). */
const BEFORE_SESSION_ID = 5 + 4 + 2 + 32;
/** Extension server_name (RFC 6066, 3). */
const SERVER_NAME = 0;

/** Whether a connection that begins so speaks TLS. */
export function speaksTls(bytes: Uint8Array): boolean {
  return bytes[0] === TLS_HANDSHAKE;
}

/** Whether a ClientHello carries the extension server_name; false where that cannot be seen. */
export function namesServer(hello: Uint8Array): boolean {
  let at = BEFORE_SESSION_ID;
  at += 1 + (hello[at] ?? 0); // session id
  at += 2 + uint16(hello, at); // cipher suites
  at += 1 + (hello[at] ?? 0); // compression methods
  const end = Math.min(hello.length, at + 2 + uint16(hello, at));
  at += 2;
  while (at + 4 <= end) {
    if (uint16(hello, at) === SERVER_NAME) return true;
    at += 4 + uint16(hello, at + 2);
  }
  return false;
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

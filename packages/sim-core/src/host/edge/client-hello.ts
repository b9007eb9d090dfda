/** First byte of a TLS record that carries a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 22;
const RECORD_HEADER = 5;
const HANDSHAKE_HEADER = 4;
/** Handshake header, version and random stand before the session id (RFC 8446, 4.1.2). */
const BEFORE_SESSION_ID = HANDSHAKE_HEADER + 2 + 32;
/** Longest hello that is waited for, and most records that carry it; what is beyond is left to OpenSSL to refuse. */
const LONGEST_HELLO = 20_000;
const MOST_RECORDS = 16;
/** Extension server_name and its only kind of name (RFC 6066, 3). */
const SERVER_NAME = 0;
const HOST_NAME = 0;

/** Whether a connection that begins so speaks TLS. */
export function speaksTls(bytes: Uint8Array): boolean {
  return bytes[0] === TLS_HANDSHAKE;
}

/**
 * Server name that a ClientHello asks for; '' when it names none, or is no hello. Hellos with post-quantum keys come in
 * several packets.
 * @param bytes what came so far
 * @returns undefined while the hello is not whole
 */
export function serverNameOf(bytes: Uint8Array): string | undefined {
  const hello = handshakeOf(bytes);
  return hello === undefined ? undefined : nameIn(hello);
}

/** The first handshake message, out of the records that carry it; undefined while it is not whole. */
function handshakeOf(bytes: Uint8Array): Uint8Array | undefined {
  let message: Uint8Array = new Uint8Array();
  let at = 0;
  for (let records = 0; records < MOST_RECORDS && at < bytes.length; records++) {
    if (bytes[at] !== TLS_HANDSHAKE) return message;
    const end = at + RECORD_HEADER + uint16(bytes, at + 3);
    const piece = bytes.subarray(at + RECORD_HEADER, end);
    message = message.length === 0 ? piece : Buffer.concat([message, piece]);
    if (message.length >= HANDSHAKE_HEADER && message.length >= lengthOf(message)) return message;
    at = end;
  }
  return at >= bytes.length && bytes.length <= LONGEST_HELLO ? undefined : message;
}

function lengthOf(handshake: Uint8Array): number {
  return HANDSHAKE_HEADER + (handshake[1] ?? 0) * 65_536 + uint16(handshake, 2);
}

function nameIn(hello: Uint8Array): string {
  let at = BEFORE_SESSION_ID;
  at += 1 + (hello[at] ?? 0); // session id
  at += 2 + uint16(hello, at); // cipher suites
  at += 1 + (hello[at] ?? 0); // compression methods
  const end = Math.min(hello.length, at + 2 + uint16(hello, at));
  at += 2;
  while (at + 4 <= end) {
    if (uint16(hello, at) === SERVER_NAME) return hostName(hello.subarray(at + 4, at + 4 + uint16(hello, at + 2)));
    at += 4 + uint16(hello, at + 2);
  }
  return '';
}

/** The list has one name: more of one kind are not allowed, and there is one kind. */
function hostName(list: Uint8Array): string {
  if (list[2] !== HOST_NAME) return '';
  return Buffer.from(list.subarray(5, 5 + uint16(list, 3))).toString('latin1');
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

/** Bytes that one call may spread into arguments. */
const CHUNK = 8192;

/** Bytes as base64 text, as JSON carries them. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

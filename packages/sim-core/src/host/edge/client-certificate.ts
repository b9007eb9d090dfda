import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ClientCertificate } from './engine.ts';

/** OpenSSL's words for what node has a code for (X509_verify_cert_error_string). */
const ERRORS: Readonly<Record<string, string>> = Object.freeze({
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  UNABLE_TO_GET_CRL: 'unable to get certificate CRL',
  CERT_SIGNATURE_FAILURE: 'certificate signature failure',
  CRL_SIGNATURE_FAILURE: 'CRL signature failure',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_HAS_EXPIRED: 'certificate has expired',
  CRL_NOT_YET_VALID: 'CRL is not yet valid',
  CRL_HAS_EXPIRED: 'CRL has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  CERT_CHAIN_TOO_LONG: 'certificate chain too long',
  CERT_REVOKED: 'certificate revoked',
  INVALID_CA: 'invalid CA certificate',
  PATH_LENGTH_EXCEEDED: 'path length constraint exceeded',
  INVALID_PURPOSE: 'unsuitable certificate purpose',
  CERT_UNTRUSTED: 'certificate not trusted',
  CERT_REJECTED: 'certificate rejected',
});

/** An empty object stands for nothing. */
interface Sent {
  readonly raw?: Buffer;
  readonly issuerCertificate?: Sent;
}

/** What the client sent in the handshake; undefined where it was not asked, or sent none. */
export function clientCertificateOf(socket: TLSSocket): ClientCertificate | undefined {
  const sent = socket.getPeerCertificate(true) as Sent;
  if (sent.raw === undefined) return undefined;
  const certificate = new X509Certificate(sent.raw);
  const code = socket.authorizationError as unknown;
  return {
    pem: certificate.toString(),
    subject: rfc2253(certificate.subject),
    issuer: rfc2253(certificate.issuer),
    serial: certificate.serialNumber,
    fingerprint: certificate.fingerprint.replaceAll(':', '').toLowerCase(),
    error: code ? (ERRORS[String(code)] ?? String(code)) : '',
    intermediates: intermediatesOf(sent),
  };
}

/** Node prints an attribute a line, the most general first; RFC 2253 has it the other way round, and escapes every byte above 127. */
function rfc2253(name: string | undefined): string {
  const attributes = (name ?? '').split('\n').filter((line) => line !== '');
  return attributes
    .reverse()
    .join(',')
    .replace(/[^\0-\x7f]+/g, (text) =>
      [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).toUpperCase()}`).join(''),
    );
}

/** Without the certificate itself and the last one, which is the authority's. */
function intermediatesOf(leaf: Sent): number {
  const seen = new Set<object>([leaf]);
  for (let next = leaf.issuerCertificate; next !== undefined && !seen.has(next); next = next.issuerCertificate)
    seen.add(next);
  return Math.max(0, seen.size - 2);
}
